use sauro_kernel::Denied;
use sauro_store::{FilesError, StoreError};

use crate::model::Fault;

/// Why something could not be done in the portal.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no {0} like that for this caller")]
    NotFound(&'static str),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The caller might, but not now or not with this: a Vietnamese sentence says why.
    #[error("it is not possible now: {0}")]
    NotNow(&'static str),
    /// Fields that must be mended.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<Fault>),
    /// Someone else changed it since the caller read it.
    #[error("someone else changed it first")]
    Stale,
    /// Too many pictures wait to be read or drawn.
    #[error("too many pictures wait to be drawn")]
    Busy,
    /// The link has run out.
    #[error("the link has run out")]
    Expired,
    /// A file cannot be kept.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PortalError {
    /// One fault of one field.
    pub(crate) fn of_field(field: &str, words: impl Into<String>) -> Self {
        Self::Invalid(vec![(field.to_owned(), words.into())])
    }
}
