//! The doors of the product: who comes in where, and what is turned away.

mod completeness;
mod guard;
mod house;
mod listening;
mod table;
mod uploads;
mod walk;
