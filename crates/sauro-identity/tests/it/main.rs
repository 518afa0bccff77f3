//! Identity on both engines: actions and pages.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

mod accounts;
mod codes;
mod house;
mod liar;
mod officials;
mod pages;
mod seats;
mod sessions;
mod sign_in;
mod trips;
