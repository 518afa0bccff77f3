//! Table `observations`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, IndicatorId, ObservationId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{UnitRow, decimal, optional, period};
use crate::model::{Figure, Observation, Period, UnitLevel};

pub(super) const TABLE: &str = "observations";

pub(super) const COLUMNS: &str = "
    id, indicator_id, definition_version, unit_id, unit_code, unit_level, province, unit_path, period, as_of, value,
    numerator, denominator, source, remark, reported_by, reporter_agency_id, reported_at, appraised,
    appraiser_agency_id, appraised_at, version";

/// Adds a figure. Fails with [`StoreError::Conflict`] when the unit has one for the period.
pub(crate) async fn insert(conn: &mut Conn, it: &Observation) -> Result<(), StoreError> {
    super::observations_many::insert_many(conn, std::slice::from_ref(it)).await
}

/// Writes what was reported and appraised of `it`, if its version is still `it.version - 1`. Answers
/// whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Observation) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE observations
        SET value = $1, numerator = $2, denominator = $3, source = $4, remark = $5, reported_by = $6,
            reporter_agency_id = $7, appraised = $8, appraiser_agency_id = $9, appraised_at = $10, version = $11
        WHERE id = $12 AND version = $11 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.reported.value.to_string())
        .bind(it.reported.parts.map(|it| it.0.to_string()))
        .bind(it.reported.parts.map(|it| it.1.to_string()))
        .bind(&it.source)
        .bind(&it.remark)
        .bind(it.reported_by.0)
        .bind(it.reporter.0)
        .bind(it.appraised.map(|it| it.to_string()))
        .bind(it.appraisal.map(|it| it.0.0))
        .bind(it.appraisal.map(|it| it.1))
        .bind(it.version)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one figure.
pub(crate) async fn find(
    conn: &mut Conn,
    id: ObservationId,
) -> Result<Option<Observation>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM observations WHERE id = $1");
    let row = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Observation::try_from).transpose()
}

/// Finds the figure of `unit` for `period`.
pub(crate) async fn of_period(
    conn: &mut Conn,
    indicator: IndicatorId,
    unit: AgencyId,
    period: Period,
) -> Result<Option<Observation>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations WHERE indicator_id = $1 AND period = $2 AND unit_id = $3"
    );
    let row = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(period.code())
        .bind(unit.0)
        .fetch_optional(c)
        .await)?;
    row.map(Observation::try_from).transpose()
}

/// The version of the definition that figures of `period` were made under; none without any. One period
/// has one definition, so that its figures can be added up.
pub(crate) async fn version_of(
    conn: &mut Conn,
    indicator: IndicatorId,
    period: Period,
) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "
        SELECT definition_version FROM observations
        WHERE indicator_id = $1 AND period = $2
        ORDER BY unit_id
        LIMIT 1";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL)
        .bind(indicator.0)
        .bind(period.code())
        .fetch_optional(c)
        .await)
}

/// Lists the newest figures of `unit`, newest first, at most `limit`.
pub(crate) async fn of_unit(
    conn: &mut Conn,
    indicator: IndicatorId,
    unit: AgencyId,
    limit: u16,
) -> Result<Vec<Observation>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND unit_id = $2
        ORDER BY as_of DESC, id DESC
        LIMIT $3"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(unit.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Observation::try_from).collect()
}

/// Lists the newest figures of units of `level`, newest first, at most `limit`.
pub(crate) async fn of_level(
    conn: &mut Conn,
    indicator: IndicatorId,
    level: UnitLevel,
    limit: u16,
) -> Result<Vec<Observation>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND unit_level = $2
        ORDER BY as_of DESC, id DESC
        LIMIT $3"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(level.code())
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Observation::try_from).collect()
}

/// Lists the figures that the units of `level` reported for `period`, oldest first.
pub(crate) async fn of_level_in(
    conn: &mut Conn,
    (indicator, level, period): (IndicatorId, UnitLevel, Period),
) -> Result<Vec<Observation>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND period = $2 AND unit_level = $3
        ORDER BY reported_at, id
        LIMIT 4000"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(period.code())
        .bind(level.code())
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Observation::try_from).collect()
}

/// Lists the newest figures of units of `level` in `province`, newest first, at most `limit`.
///
/// Uses index `observations_of_province`.
pub(crate) async fn of_province(
    conn: &mut Conn,
    indicator: IndicatorId,
    province: &str,
    level: UnitLevel,
    limit: u16,
) -> Result<Vec<Observation>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND province = $2 AND unit_level = $3
        ORDER BY as_of DESC, id DESC
        LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(province)
        .bind(level.code())
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Observation::try_from).collect()
}

#[derive(sqlx::FromRow)]
pub(super) struct ObservationRow {
    id: Uuid,
    indicator_id: Uuid,
    definition_version: i64,
    #[sqlx(flatten)]
    unit: UnitRow,
    period: String,
    as_of: NaiveDate,
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    source: String,
    remark: String,
    reported_by: Uuid,
    reporter_agency_id: Uuid,
    reported_at: i64,
    appraised: Option<String>,
    appraiser_agency_id: Option<Uuid>,
    appraised_at: Option<i64>,
    version: i64,
}

impl TryFrom<ObservationRow> for Observation {
    type Error = StoreError;

    fn try_from(row: ObservationRow) -> Result<Self, StoreError> {
        let id = row.id;
        let numerator = optional(TABLE, id, row.numerator.as_deref())?;
        let denominator = optional(TABLE, id, row.denominator.as_deref())?;
        Ok(Self {
            id: ObservationId(id),
            indicator: IndicatorId(row.indicator_id),
            definition_version: row.definition_version,
            unit: row.unit.unit(TABLE, id)?,
            period: period(TABLE, id, &row.period)?,
            as_of: row.as_of,
            reported: Figure {
                value: decimal(TABLE, id, &row.value)?,
                parts: numerator.zip(denominator),
            },
            source: row.source,
            remark: row.remark,
            reported_by: AccountId(row.reported_by),
            reporter: AgencyId(row.reporter_agency_id),
            reported_at: row.reported_at,
            appraised: optional(TABLE, id, row.appraised.as_deref())?,
            appraisal: row.appraiser_agency_id.map(AgencyId).zip(row.appraised_at),
            version: row.version,
        })
    }
}
