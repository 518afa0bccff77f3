//! The portal (cổng thông tin): what agencies publish for everybody. Written in blocks, let out by somebody else than
//! its writer, kept in versions, read at addresses that stay.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
mod store;

pub use actions::{Results, ResultsRoom};
pub use error::PortalError;
pub use pages::{routes, shared_address};
