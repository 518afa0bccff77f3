//! Indicators, targets and figures: what a number means, where it is to be, who said it and who checked it.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
mod store;

pub use error::IndicatorsError;
pub use pages::{day_number, needed_words, quality_words, routes, target_words, trend_words};
