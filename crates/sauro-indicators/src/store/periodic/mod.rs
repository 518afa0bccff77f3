//! Queries on periodic reports. One file per table, or per few that are read together.

pub(crate) mod contents;
pub(crate) mod exceptions;
pub(crate) mod forms;
pub(crate) mod reminders;
pub(crate) mod reports;
pub(crate) mod rounds;
pub(crate) mod steps;
pub(crate) mod traces;

use sauro_store::StoreError;
use uuid::Uuid;

use super::corrupt;
use crate::model::UnitLevel;

/// Levels as stored: `province|commune`.
fn levels_text(levels: &[UnitLevel]) -> String {
    levels.iter().map(|it| it.code()).collect::<Vec<_>>().join("|")
}

fn levels(table: &'static str, row: Uuid, text: &str) -> Result<Vec<UnitLevel>, StoreError> {
    let of = |code: &str| {
        UnitLevel::of_code(code).ok_or_else(|| corrupt(table, row, format!("no level {code}")))
    };
    text.split('|').filter(|it| !it.is_empty()).map(of).collect()
}
