//! What goes on beside the pages: years made up to measure with.

mod past;

pub use past::{PastError, PastInitiatives, PastMade, make_past};
