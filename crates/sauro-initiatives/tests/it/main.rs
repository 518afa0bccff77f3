//! Initiatives on both engines.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod applying;
mod judging;
mod likeness;
mod moving;
mod problems;
mod proving;
mod sending;
mod supporting;
mod world;
