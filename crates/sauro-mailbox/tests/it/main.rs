//! The mailbox: what is read of a message, what becomes of it, what senders are told.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the helpers of tests are tests"
)]

mod collecting;
mod lost_codes;
mod mutated;
mod reading;
mod taking;
mod telling;
mod world;
