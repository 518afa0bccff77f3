//! Dashboards: tiles of figures and tasks that an agency puts together for its own eyes, for those
//! below it, or for everybody. What a tile shows comes through [`TileSource`], so that this room
//! knows neither indicators nor tasks.

pub mod actions;
mod error;
pub mod model;
mod pages;
mod source;
mod store;

pub use error::DashboardsError;
pub use pages::{Sources, routes};
pub use source::{Later, Stamp, TileSource, Unfilled};
