//! Petitions on both engines.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the helpers of tests are tests"
)]

mod above;
mod bulk;
mod desk;
mod desk_more;
mod flood;
mod handling;
mod objecting;
mod open311;
mod own;
mod own_data;
mod pages;
mod pains;
mod passing;
mod past;
mod pictures;
mod places;
mod programs;
mod recounting;
mod sending;
mod tallies;
mod world;
