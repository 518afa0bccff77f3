//! Subscriptions (nhận tin): people are told of what the portal publishes, by mail or on their own device. Nobody is
//! told who did not confirm, each thing is told once, and leaving leaves no address behind.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
pub mod push;
mod store;

pub use actions::{News, NewsRoom};
pub use error::SubscriptionsError;
pub use pages::{Ways, routes};
