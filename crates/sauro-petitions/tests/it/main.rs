//! Petitions on both engines.

mod handling;
mod sending;
mod world;
