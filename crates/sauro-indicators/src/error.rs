use sauro_directory::Fault;
use sauro_kernel::{Denied, TextError};
use sauro_store::StoreError;

use crate::model::intake::CellFault;

/// Why something could not be done with figures.
#[derive(Debug, thiserror::Error)]
pub enum IndicatorsError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no {0} like that for this caller")]
    NotFound(&'static str),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Fields that must be mended: the field's name and the Vietnamese sentence for people.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<(&'static str, String)>),
    /// The file has faults; nothing of it was taken.
    #[error("the file has {} faults, the first: {}", .0.len(), .0.first().map_or_else(String::new, Fault::sentence))]
    Faults(Vec<Fault>),
    /// A form whose fields follow from its design has faults: the field's name and the sentence.
    #[error("the report has faults in {0:?}")]
    Sheet(Vec<(String, String)>),
    /// The table has wrong cells; nothing of it was taken.
    #[error("the table has {} wrong cells, the first: {}", .0.len(), .0.first().map_or_else(String::new, CellFault::sentence))]
    Cells(Vec<CellFault>),
    /// The figure is taken once the reporter confirms these findings.
    #[error("the figure is unusual: {0:?}")]
    Unusual(Vec<String>),
    /// Someone else changed it since the caller read it.
    #[error("someone else changed it first")]
    Stale,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IndicatorsError {
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
                    format!("{label} dài {len} ký tự, rút gọn còn tối đa {most} ký tự.")
                }
            },
        )
    }
}
