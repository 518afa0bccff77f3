//! What follows from tasks and from time without anyone waiting for it.

mod cycles;
mod day_boards;
mod live_board;
pub mod past;
mod pulse;
mod reminders;

pub use cycles::Cycles;
pub use live_board::LiveBoard;
pub use pulse::{Beat, Concern};
pub use reminders::{remind, run_reminders, settle_reminders};
