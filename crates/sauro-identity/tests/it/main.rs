//! Identity on both engines: actions and pages.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod accounts;
mod codes;
mod house;
mod pages;
mod seats;
mod sessions;
mod sign_in;
