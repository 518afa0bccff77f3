//! Initiatives (sáng kiến, giải pháp): sent by anybody, checked, reviewed, scored by a council, and
//! followed until they are measurably in use. Who wrote one is sealed; that it was there first is proven.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
mod store;

pub use error::InitiativesError;
pub use pages::routes;
