//! The portal on both engines.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod abroad;
mod consulting;
mod drafting;
mod hard;
mod pages;
mod past;
mod picture_pages;
mod pictures;
mod publishing;
mod world;
mod writing;
