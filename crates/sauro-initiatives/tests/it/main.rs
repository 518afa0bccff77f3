//! Initiatives on both engines.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

mod applying;
mod judging;
mod moving;
mod past;
mod proving;
mod sending;
mod world;
