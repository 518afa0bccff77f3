//! Who someone is and from which seat they act: accounts, seats, sessions, passwords, codes.
//!
//! Rooms never see any of this: they get the [`Actor`](sauro_kernel::Actor) that
//! [`Identity::session_layer`] puts into the request.

pub mod actions;
mod error;
mod identity;
pub mod model;
mod pages;
pub mod provider;
mod secret;
mod store;

pub use error::{Fault, IdentityError};
pub use identity::{Identity, Visit};
pub use pages::routes;
pub use secret::{Cost, Hasher};
