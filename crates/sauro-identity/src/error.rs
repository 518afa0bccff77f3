use sauro_kernel::{Denied, TextError};
use sauro_store::{SealError, StoreError};

use crate::model::TripFault;

/// Why something could not be done with accounts, seats and sessions.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no {0} like that for this caller")]
    NotFound(&'static str),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields that must be mended: the field's name and the Vietnamese sentence for people.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<Fault>),
    /// The state of things does not allow it; the sentence says what to do instead.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Too many failed attempts; try again after so many seconds.
    #[error("slowed down for {0} s")]
    Slowed(i64),
    /// Too many people sign in at once; worth a retry.
    #[error("too many passwords are being checked")]
    Busy,
    /// A way to an identity provider came to nothing.
    #[error(transparent)]
    Trip(#[from] TripFault),
    /// Randomness, a key or a cipher failed. Needs a human.
    #[error("{0}")]
    Secret(&'static str),
    /// The key file does not seal or open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One fault of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the field, as in the form.
    pub field: &'static str,
    /// What is wrong and how to mend it, in Vietnamese.
    pub sentence: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { field, sentence: sentence.into() }
    }

    pub(crate) fn of_text(field: &'static str, label: &str, err: TextError) -> Self {
        Self::new(
            field,
            match err {
                TextError::Empty => format!("Nhập {label}."),
                TextError::TooLong { len, most } => {
                    format!("{label} dài {len} ký tự, rút gọn còn tối đa {most} ký tự.")
                }
            },
        )
    }
}

impl IdentityError {
    /// One fault of one field.
    pub(crate) fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(field, sentence)])
    }
}
