//! Initiatives on both engines.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

mod applying;
mod certifying;
mod flood;
mod judging;
mod likeness;
mod moving;
mod past;
mod problems;
mod proving;
mod sending;
mod supporting;
mod world;
