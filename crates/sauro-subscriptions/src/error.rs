use sauro_kernel::Denied;
use sauro_store::{SealError, StoreError};

use crate::model::Fault;

/// Why something could not be done with a subscription.
#[derive(Debug, thiserror::Error)]
pub enum SubscriptionsError {
    /// The link leads to nothing, or to nothing any more.
    #[error("there is no such subscription")]
    NotFound,
    /// The link came too late.
    #[error("the link has run out")]
    Expired,
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields that must be mended.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<Fault>),
    /// The key file does not seal or open, or the machine gives no randomness.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SubscriptionsError {
    /// One fault of one field.
    pub(crate) fn of_field(field: &str, words: &str) -> Self {
        Self::Invalid(vec![(field.to_owned(), words.to_owned())])
    }
}
