//! The doors of the product: who comes in where, and what is turned away.

mod completeness;
mod guard;
pub(crate) mod house;
mod listening;
mod table;
mod uploads;
mod walk;
