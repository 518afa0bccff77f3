//! Table `periodic_reports`.

use sauro_kernel::{AgencyId, FormId, PeriodicReportId, RoundId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::UnitLevel;
use crate::model::periodic::{PeriodicReport, ReportState};
use crate::store::{UnitRow, corrupt};

const TABLE: &str = "periodic_reports";

/// Reports of one round at most: every unit of the country.
const MOST: i64 = 4_000;

const COLUMNS: &str = "
    id, round_id, unit_id, unit_code, unit_level, province, unit_path, receiver_agency_id, extension_id,
    extension_version, state, n_changes, n_asked, n_typed, spent_s, made_at, sent_at, decided_at, published_at, version";

/// Adds a report. Fails with [`StoreError::Conflict`] when the unit has one in the round.
pub(crate) async fn insert(conn: &mut Conn, it: &PeriodicReport) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO periodic_reports ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.round.0)
        .bind(it.unit.id.0)
        .bind(&it.unit.code)
        .bind(it.unit.level.code())
        .bind(&it.unit.province)
        .bind(it.unit.path.as_str())
        .bind(it.receiver.map(|it| it.0))
        .bind(it.extension.map(|it| it.0.0))
        .bind(it.extension.map(|it| it.1))
        .bind(it.state.code())
        .bind(it.n_changes)
        .bind(it.n_asked)
        .bind(it.n_typed)
        .bind(it.spent_s)
        .bind(it.made_at)
        .bind(it.sent_at)
        .bind(it.decided_at)
        .bind(it.published_at)
        .bind(it.version)
        .execute(c)
        .await
        .map(drop))
}

/// Writes where `it` is, if its version is still `it.version - 1`. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &PeriodicReport) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE periodic_reports
        SET state = $1, n_changes = $2, n_asked = $3, n_typed = $4, spent_s = $5, sent_at = $6, decided_at = $7,
            published_at = $8, version = $9
        WHERE id = $10 AND version = $9 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.state.code())
        .bind(it.n_changes)
        .bind(it.n_asked)
        .bind(it.n_typed)
        .bind(it.spent_s)
        .bind(it.sent_at)
        .bind(it.decided_at)
        .bind(it.published_at)
        .bind(it.version)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one report.
pub(crate) async fn find(
    conn: &mut Conn,
    id: PeriodicReportId,
) -> Result<Option<PeriodicReport>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM periodic_reports WHERE id = $1");
    let row = run!(conn, c => sqlx::query_as::<_, ReportRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(PeriodicReport::try_from).transpose()
}

/// Finds the report of `unit` in `round`.
pub(crate) async fn of_unit(
    conn: &mut Conn,
    round: RoundId,
    unit: AgencyId,
) -> Result<Option<PeriodicReport>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM periodic_reports WHERE round_id = $1 AND unit_id = $2");
    let row = run!(conn, c => sqlx::query_as::<_, ReportRow>(AssertSqlSafe(sql))
        .bind(round.0)
        .bind(unit.0)
        .fetch_optional(c)
        .await)?;
    row.map(PeriodicReport::try_from).transpose()
}

/// Lists the reports that go to `receiver` in `round`, by the code of the unit.
pub(crate) async fn to_receiver(
    conn: &mut Conn,
    round: RoundId,
    receiver: AgencyId,
) -> Result<Vec<PeriodicReport>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM periodic_reports
        WHERE round_id = $1 AND receiver_agency_id = $2
        ORDER BY unit_code
        LIMIT $3"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ReportRow>(AssertSqlSafe(sql))
        .bind(round.0)
        .bind(receiver.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(PeriodicReport::try_from).collect()
}

/// How many reports of `round` their receiver `receiver` has.
pub(crate) async fn n_with(
    conn: &mut Conn,
    round: RoundId,
    receiver: AgencyId,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        SELECT COUNT(*) FROM periodic_reports
        WHERE round_id = $1 AND receiver_agency_id = $2 AND state IN ('sent', 'accepted')";
    run!(conn, c => sqlx::query_scalar(SQL).bind(round.0).bind(receiver.0).fetch_one(c).await)
}

/// When each unit that sends to `receiver` was last heard of in the rounds of the form before this one,
/// within the last twelve.
pub(crate) async fn heard(
    conn: &mut Conn,
    (form, round): (FormId, RoundId),
    receiver: AgencyId,
) -> Result<Vec<(AgencyId, i64)>, StoreError> {
    const SQL: &str = "
        SELECT unit_id, MAX(sent_at) FROM periodic_reports
        WHERE receiver_agency_id = $1 AND sent_at IS NOT NULL AND round_id IN (
            SELECT id FROM report_rounds
            WHERE form_id = $2 AND period < (SELECT period FROM report_rounds WHERE id = $3)
            ORDER BY period DESC LIMIT 12
        )
        GROUP BY unit_id
        ORDER BY unit_id
        LIMIT $4";
    let rows: Vec<(Uuid, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(receiver.0)
        .bind(form.0)
        .bind(round.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(|(unit, at)| (AgencyId(unit), at)).collect())
}

/// When each unit of `level` was last heard of in the rounds of the form before this one, within the last
/// twelve.
pub(crate) async fn heard_of_level(
    conn: &mut Conn,
    (form, round, level): (FormId, RoundId, UnitLevel),
) -> Result<Vec<(AgencyId, i64)>, StoreError> {
    const SQL: &str = "
        SELECT unit_id, MAX(sent_at) FROM periodic_reports
        WHERE unit_level = $1 AND sent_at IS NOT NULL AND round_id IN (
            SELECT id FROM report_rounds
            WHERE form_id = $2 AND period < (SELECT period FROM report_rounds WHERE id = $3)
            ORDER BY period DESC LIMIT 12
        )
        GROUP BY unit_id
        ORDER BY unit_id
        LIMIT $4";
    let rows: Vec<(Uuid, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(level.code())
        .bind(form.0)
        .bind(round.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(|(unit, at)| (AgencyId(unit), at)).collect())
}

/// The units whose reports of `round` their receivers have, in order.
pub(crate) async fn units_in(conn: &mut Conn, round: RoundId) -> Result<Vec<AgencyId>, StoreError> {
    const SQL: &str = "
        SELECT unit_id FROM periodic_reports
        WHERE round_id = $1 AND state IN ('sent', 'accepted')
        LIMIT $2";
    let rows: Vec<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(round.0).bind(MOST).fetch_all(c).await)?;
    let mut units: Vec<AgencyId> = rows.into_iter().map(AgencyId).collect();
    units.sort_unstable();
    Ok(units)
}

/// Lists the published reports, newest first, at most `limit`.
pub(crate) async fn published(
    conn: &mut Conn,
    limit: u16,
) -> Result<Vec<PeriodicReport>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM periodic_reports
        WHERE published_at IS NOT NULL
        ORDER BY published_at DESC, id DESC
        LIMIT $1"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ReportRow>(AssertSqlSafe(sql))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(PeriodicReport::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct ReportRow {
    id: Uuid,
    round_id: Uuid,
    #[sqlx(flatten)]
    unit: UnitRow,
    receiver_agency_id: Option<Uuid>,
    extension_id: Option<Uuid>,
    extension_version: Option<i64>,
    state: String,
    n_changes: i64,
    n_asked: i64,
    n_typed: i64,
    spent_s: i64,
    made_at: i64,
    sent_at: Option<i64>,
    decided_at: Option<i64>,
    published_at: Option<i64>,
    version: i64,
}

impl TryFrom<ReportRow> for PeriodicReport {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let id = row.id;
        Ok(Self {
            id: PeriodicReportId(id),
            round: RoundId(row.round_id),
            unit: row.unit.unit(TABLE, id)?,
            receiver: row.receiver_agency_id.map(AgencyId),
            extension: row.extension_id.map(FormId).zip(row.extension_version),
            state: ReportState::of_code(&row.state)
                .ok_or_else(|| corrupt(TABLE, id, "no such state"))?,
            n_changes: row.n_changes,
            n_asked: row.n_asked,
            n_typed: row.n_typed,
            spent_s: row.spent_s,
            made_at: row.made_at,
            sent_at: row.sent_at,
            decided_at: row.decided_at,
            published_at: row.published_at,
            version: row.version,
        })
    }
}
