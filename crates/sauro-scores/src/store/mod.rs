//! Queries on scores. One file per table; one function per question.

pub(crate) mod adjustments;
pub(crate) mod appeals;
pub(crate) mod methods;
pub(crate) mod rankings;
pub(crate) mod results;
pub(crate) mod self_marks;
pub(crate) mod versions;

use rust_decimal::Decimal;
use sauro_kernel::Period;
use sauro_store::StoreError;
use uuid::Uuid;

use crate::model::Measure;

/// A row that breaks a rule of the model.
fn corrupt(table: &'static str, row: Uuid, reason: impl ToString) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}

fn period(table: &'static str, row: Uuid, code: &str) -> Result<Period, StoreError> {
    Period::parse(code).ok_or_else(|| corrupt(table, row, "no such period"))
}

fn decimal(table: &'static str, row: Uuid, text: &str) -> Result<Decimal, StoreError> {
    text.parse().map_err(|err: rust_decimal::Error| corrupt(table, row, err))
}

fn measure(table: &'static str, row: Uuid, code: &str) -> Result<Measure, StoreError> {
    Measure::of_code(code).ok_or_else(|| corrupt(table, row, "no such measure"))
}
