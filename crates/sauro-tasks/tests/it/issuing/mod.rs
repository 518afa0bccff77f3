//! From text to issued tasks.

mod acting;
mod harm;
mod importing;
mod journeys;
mod local;
mod nation;
pub(crate) mod setting;
mod together;
