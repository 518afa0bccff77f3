//! HTTP to other servers: one question on one connection, one answer, in time and in bounds. No redirection is
//! followed: where to ask is said by whoever asks.

mod address;
mod trust;
mod wire;

pub use address::{is_public, is_this_machine};
pub use trust::{TrustError, trusting};
pub use wire::{Bounds, Reach, Wire, WireError};
