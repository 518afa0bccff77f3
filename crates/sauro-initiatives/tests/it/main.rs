//! Initiatives on both engines.

mod applying;
mod judging;
mod moving;
mod proving;
mod sending;
mod world;
