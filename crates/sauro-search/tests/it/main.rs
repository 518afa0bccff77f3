//! The index over real words, what was not found, and the pages.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

#[path = "../golden/judge.rs"]
mod judge;

mod golden;
mod misses;
mod pages;
