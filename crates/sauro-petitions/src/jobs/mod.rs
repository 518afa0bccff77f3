//! What goes on by itself: reminders, cases that nobody rates, clocks after a changed limit or calendar.

mod clockwork;
mod past;

pub use clockwork::{recount, remind, run_petitions, settle};
pub use past::{PastError, PastMade, PastPetitions, make_past};
