//! A fence around libraries that read hostile bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::PaperError;

/// Runs `read`; a panic inside becomes [`PaperError::Damaged`].
pub(crate) fn guarded<T>(
    what: &'static str,
    read: impl FnOnce() -> Result<T, PaperError>,
) -> Result<T, PaperError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(PaperError::damaged(what, "the reader gave up")))
}
