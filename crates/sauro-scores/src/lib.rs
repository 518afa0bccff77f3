//! Scores and rankings: methods as data, what is computed by them, what units say of themselves, and
//! what they contest. The facts come through [`FactSource`], so that this room knows neither tasks
//! nor indicators.

pub mod actions;
mod error;
pub mod model;
mod pages;
mod source;
mod store;

pub use error::ScoresError;
pub use pages::{ScoreFacts, routes};
pub use source::{Ask, FactSource, Facts, FactsFuture};
