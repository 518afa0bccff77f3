//! Queries on figures. One file per table; one function per question.

mod arrays;
pub(crate) mod indicators;
pub(crate) mod known_indicators;
pub(crate) mod observations;
pub(crate) mod observations_many;
pub(crate) mod past;
pub(crate) mod periodic;
pub(crate) mod quality;
pub(crate) mod recount;
pub(crate) mod revisions;
pub(crate) mod rollups;
pub(crate) mod rollups_many;
pub(crate) mod rules;
pub(crate) mod targets;
pub(crate) mod unit_marks;

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::StoreError;
use uuid::Uuid;

use crate::model::{Period, Unit, UnitLevel};

/// A stored row that breaks a rule.
pub(crate) fn corrupt(
    table: &'static str,
    row: Uuid,
    reason: impl std::fmt::Display,
) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}

/// The figure stored as `text`.
fn decimal(table: &'static str, row: Uuid, text: &str) -> Result<Decimal, StoreError> {
    text.parse().map_err(|err: rust_decimal::Error| corrupt(table, row, err))
}

fn optional(
    table: &'static str,
    row: Uuid,
    text: Option<&str>,
) -> Result<Option<Decimal>, StoreError> {
    text.map(|it| decimal(table, row, it)).transpose()
}

fn period(table: &'static str, row: Uuid, code: &str) -> Result<Period, StoreError> {
    Period::parse(code).ok_or_else(|| corrupt(table, row, format!("no period {code}")))
}

/// The columns of a unit. Its name is that of its code until a page looks it up.
#[derive(sqlx::FromRow)]
struct UnitRow {
    unit_id: Uuid,
    unit_code: String,
    unit_level: String,
    province: String,
    unit_path: String,
}

impl UnitRow {
    fn unit(self, table: &'static str, row: Uuid) -> Result<Unit, StoreError> {
        Ok(Unit {
            id: AgencyId(self.unit_id),
            name: self.unit_code.clone(),
            code: self.unit_code,
            level: UnitLevel::of_code(&self.unit_level)
                .ok_or_else(|| corrupt(table, row, "no such level"))?,
            province: self.province,
            path: AgencyPath::parse(&self.unit_path).map_err(|err| corrupt(table, row, err))?,
        })
    }
}
