//! What can be done with the catalogue. Every write: right, rule, rows, journal.

mod calendar;
mod change;
mod guard;
mod import_agencies;
mod import_units;
mod load_shipped;
mod read;

pub use calendar::{add_day_off, calendar, days_off, import_holidays, remove_day_off};
pub use import_agencies::import_agencies;
pub use import_units::{import_predecessors, import_units};
pub use load_shipped::load_shipped;
pub use read::{State, directory, place, place_name_on, predecessors_of, state};
