//! Petitions (phản ánh, kiến nghị): taken in, sorted, handled, answered by approved words alone, rated, and
//! reviewed when the sender is not satisfied. Two clocks follow from what happened.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod pages;
mod store;

pub use actions::{PeopleRoom, TaskRoom};
pub use error::PetitionsError;
pub use pages::routes;
