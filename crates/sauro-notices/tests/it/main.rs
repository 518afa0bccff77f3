//! Notices on both engines: actions and pages.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod reading;
mod sending;
mod world;
