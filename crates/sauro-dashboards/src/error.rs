use sauro_kernel::{Denied, TextError};
use sauro_store::StoreError;

use crate::Unfilled;
use crate::model::Fault;

/// Why something could not be done with a dashboard.
#[derive(Debug, thiserror::Error)]
pub enum DashboardsError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no {0} like that for this caller")]
    NotFound(&'static str),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields that must be mended: the field's name and the Vietnamese sentence for people.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<Fault>),
    /// Someone else changed it since the caller read it.
    #[error("someone else changed it first")]
    Stale,
    /// What the tiles show could not be read.
    #[error(transparent)]
    Unfilled(#[from] Unfilled),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DashboardsError {
    /// One fault of a field.
    pub(crate) fn of_field(field: &'static str, words: impl Into<String>) -> Self {
        Self::Invalid(vec![(field, words.into())])
    }

    /// The fault of a text, called `label` on screen.
    pub(crate) fn of_text(field: &'static str, label: &str, err: TextError) -> Self {
        Self::of_field(
            field,
            match err {
                TextError::Empty => format!("Nhập {label}."),
                TextError::TooLong { len, most } => {
                    format!("Phần {label} dài {len} ký tự, rút gọn còn tối đa {most} ký tự.")
                }
            },
        )
    }
}
