//! Petitions on both engines.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "the helpers of tests are tests")]

mod desk;
mod handling;
mod pages;
mod passing;
mod sending;
mod world;
