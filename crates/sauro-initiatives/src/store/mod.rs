//! Queries on initiatives. One file per table; one function per question.

pub(crate) mod applications;
pub(crate) mod authors;
pub(crate) mod ballots;
pub(crate) mod certificates;
pub(crate) mod citizens;
pub(crate) mod councils;
pub(crate) mod dossiers;
pub(crate) mod found;
pub(crate) mod initiatives;
pub(crate) mod likeness;
pub(crate) mod lists;
pub(crate) mod problems;
pub(crate) mod steps;
pub(crate) mod supports;
pub(crate) mod words;

use sauro_store::StoreError;
use uuid::Uuid;

/// A row that breaks a rule of the model.
fn corrupt(table: &'static str, row: Uuid, reason: impl ToString) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}
