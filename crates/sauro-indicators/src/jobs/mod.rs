//! What goes on beside the pages: the roll-ups follow the journal.

mod rollups;

pub(crate) use rollups::part_of;
pub use rollups::{ROLLUPS, follow_rollups, run_rollups};
