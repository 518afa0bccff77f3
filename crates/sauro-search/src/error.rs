use sauro_kernel::Denied;
use sauro_store::StoreError;

use crate::IndexError;

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Asked too often from one place; worth trying again in a minute.
    #[error("asked too often from one place")]
    TooOften,
    /// The index cannot be read; its reader makes it again.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
