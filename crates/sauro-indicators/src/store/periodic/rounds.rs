//! Table `report_rounds`.

use chrono::NaiveDate;
use sauro_kernel::{FormId, RoundId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::Period;
use crate::model::periodic::Round;
use crate::store::period;

const TABLE: &str = "report_rounds";

const COLUMNS: &str = "
    id, form_id, form_version, period, cut_off_on, due_on, commune_due_on, locks_on, opened_at";

/// Adds a round. Fails with [`StoreError::Conflict`] when the form has one for the period.
pub(crate) async fn insert(conn: &mut Conn, it: &Round) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO report_rounds ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.form.0)
        .bind(it.form_version)
        .bind(it.period.code())
        .bind(it.cut_off_on)
        .bind(it.due_on)
        .bind(it.commune_due_on)
        .bind(it.locks_on)
        .bind(it.opened_at)
        .execute(c)
        .await
        .map(drop))
}

/// Writes the last day on which units may send.
pub(crate) async fn lock_on(
    conn: &mut Conn,
    id: RoundId,
    locks_on: NaiveDate,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE report_rounds SET locks_on = $1 WHERE id = $2";
    run!(conn, c => sqlx::query(SQL).bind(locks_on).bind(id.0).execute(c).await.map(drop))
}

/// Finds one round.
pub(crate) async fn find(conn: &mut Conn, id: RoundId) -> Result<Option<Round>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM report_rounds WHERE id = $1");
    let row = run!(conn, c => sqlx::query_as::<_, RoundRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Round::try_from).transpose()
}

/// Finds the round of `form` for `period`.
pub(crate) async fn of_period(
    conn: &mut Conn,
    form: FormId,
    period: Period,
) -> Result<Option<Round>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM report_rounds WHERE form_id = $1 AND period = $2");
    let row = run!(conn, c => sqlx::query_as::<_, RoundRow>(AssertSqlSafe(sql))
        .bind(form.0)
        .bind(period.code())
        .fetch_optional(c)
        .await)?;
    row.map(Round::try_from).transpose()
}

/// Lists the newest rounds, newest first, at most `limit`.
pub(crate) async fn newest(conn: &mut Conn, limit: u16) -> Result<Vec<Round>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM report_rounds ORDER BY opened_at DESC, id DESC LIMIT $1");
    let rows = run!(conn, c => sqlx::query_as::<_, RoundRow>(AssertSqlSafe(sql))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Round::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct RoundRow {
    id: Uuid,
    form_id: Uuid,
    form_version: i64,
    period: String,
    cut_off_on: NaiveDate,
    due_on: NaiveDate,
    commune_due_on: NaiveDate,
    locks_on: NaiveDate,
    opened_at: i64,
}

impl TryFrom<RoundRow> for Round {
    type Error = StoreError;

    fn try_from(row: RoundRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: RoundId(row.id),
            form: FormId(row.form_id),
            form_version: row.form_version,
            period: period(TABLE, row.id, &row.period)?,
            cut_off_on: row.cut_off_on,
            due_on: row.due_on,
            commune_due_on: row.commune_due_on,
            locks_on: row.locks_on,
            opened_at: row.opened_at,
        })
    }
}
