//! The catalogue on both engines.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod following;
mod importing;
mod pages;
mod scoping;
