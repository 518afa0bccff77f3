//! The portal on both engines.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod consulting;
mod pages;
mod past;
mod publishing;
mod world;
mod writing;
