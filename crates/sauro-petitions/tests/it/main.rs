//! Petitions on both engines.

mod desk;
mod handling;
mod sending;
mod world;
