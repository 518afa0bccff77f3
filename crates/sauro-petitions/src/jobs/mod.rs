//! What goes on by itself: reminders, cases that nobody rates, clocks after a changed limit or calendar.

mod clockwork;

pub use clockwork::{recount, remind, run_petitions, settle};
