//! Readers of the journal: what follows from tasks without anyone waiting for it.

mod day_boards;
mod live_board;

pub use live_board::LiveBoard;
