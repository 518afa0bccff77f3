//! From text to issued tasks.

mod acting;
mod harm;
mod importing;
mod journeys;
mod nation;
pub(crate) mod setting;
mod together;
