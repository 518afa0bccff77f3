//! The tables of subscriptions. One file per table; one function per question.

pub(crate) mod letters;
pub(crate) mod news;
pub(crate) mod subjects;
pub(crate) mod subscriptions;

use sauro_store::StoreError;
use uuid::Uuid;

use crate::model::Subject;

/// A row that breaks a rule of the model.
fn corrupt(table: &'static str, row: Uuid, reason: impl ToString) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}

/// Subjects as they are kept in one column.
fn coded(subjects: &[Subject]) -> String {
    let codes: Vec<String> = subjects.iter().map(|it| it.code()).collect();
    // A list of words has nothing that JSON cannot say.
    serde_json::to_string(&codes).unwrap_or_default()
}

/// The same, read again.
fn decoded(table: &'static str, row: Uuid, text: &str) -> Result<Vec<Subject>, StoreError> {
    let codes: Vec<String> = serde_json::from_str(text).map_err(|err| corrupt(table, row, err))?;
    let read = |code: &String| {
        Subject::of_code(code).ok_or_else(|| corrupt(table, row, format!("no subject {code}")))
    };
    codes.iter().map(read).collect()
}
