//! Notices: what happened that somebody should know, in the program and by e-mail.
//!
//! A notice is for a desk, a role in an agency, and not for the person who sits there today.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
mod store;

pub use error::NoticesError;
pub use pages::{Bell, ring, routes};
