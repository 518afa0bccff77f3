//! What goes on beside the pages: the roll-ups follow the journal, rounds of reports are opened.

mod rollups;
mod rounds;

pub use rollups::{ROLLUPS, follow_rollups, run_rollups};
pub use rounds::run_rounds;
