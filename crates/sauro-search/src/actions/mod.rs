//! What can be done with the index and with what was not found.

mod find;
mod misses;
mod suggest;

pub use find::find;
pub use misses::{MISSES, misses, settle_miss};
pub use suggest::{MOST_SUGGESTED, Suggestion, suggest};
