//! Subscriptions on both engines.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod asking;
mod pages;
mod pushing;
mod telling;
mod world;
