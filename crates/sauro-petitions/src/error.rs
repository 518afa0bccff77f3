use sauro_kernel::{Denied, Question, TextError};
use sauro_store::{FilesError, SealError, StoreError};

use crate::model::{Fault, Refusal};

/// Why something could not be done with a petition.
#[derive(Debug, thiserror::Error)]
pub enum PetitionsError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no {0} like that for this caller")]
    NotFound(&'static str),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields that must be mended: the field's name and the Vietnamese sentence for people.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<Fault>),
    /// The state of the case does not allow it.
    #[error(transparent)]
    NotOpen(#[from] Refusal),
    /// Someone else changed it since the caller read it.
    #[error("someone else changed it first")]
    Stale,
    /// Tried too often from one place; worth trying again later.
    #[error("tried too often from one place")]
    TooOften,
    /// A question must be answered first, because very much comes in.
    #[error("a question must be answered first")]
    Asked(Question),
    /// The key file does not seal or open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The place of the files failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PetitionsError {
    /// One fault of a field.
    pub(crate) fn of_field(field: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Invalid(vec![(field.into(), words.into())])
    }
}

/// The sentence about a text, called `label` on screen.
pub(crate) fn text_fault(label: &str, err: TextError) -> String {
    match err {
        TextError::Empty => format!("Nhập {label}."),
        TextError::TooLong { len, most } => {
            format!("Phần {label} dài {len} ký tự, rút gọn còn tối đa {most} ký tự.")
        }
    }
}
