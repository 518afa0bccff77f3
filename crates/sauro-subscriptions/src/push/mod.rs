//! Messages to devices over the push servers of their browsers: sealed so that those servers cannot read them
//! (RFC 8291), signed so that they know who sends (RFC 8292), sent over a connection that reaches nothing of the own
//! network.

mod seal;
mod vapid;
mod wire;

pub use seal::{SealFault, sealed_for, sealed_with};
pub use vapid::Vapid;
pub use wire::{Handed, Push, PushError, PushServers};
