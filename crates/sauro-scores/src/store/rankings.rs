//! Table `score_rankings`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, RankingId, ScoreMethodId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::period;
use crate::model::Ranking;

const TABLE: &str = "score_rankings";

const COLUMNS: &str = "
    id, method_id, method_version, agency_id, period, self_until, edition, opened_at, closed_at, published_at, stamp";

/// Adds a ranking that is known within `reach`. Fails with [`StoreError::Conflict`] when the method has
/// one for the period.
pub(crate) async fn insert(
    conn: &mut Conn,
    it: &Ranking,
    reach: &AgencyPath,
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO score_rankings ({COLUMNS}, period_on, reach)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.method.0)
        .bind(it.method_version)
        .bind(it.agency.0)
        .bind(it.period.code())
        .bind(it.self_until)
        .bind(it.edition)
        .bind(it.opened_at)
        .bind(it.closed_at)
        .bind(it.published_at)
        .bind(it.stamp)
        .bind(it.period.start)
        .bind(reach.as_str())
        .execute(c)
        .await
        .map(drop))
}

/// Takes hold of the ranking `id` for a change of its facts while it is open, so that nobody closes it at the
/// same moment. Answers whether it was open.
pub(crate) async fn hold_open(conn: &mut Conn, id: RankingId) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE score_rankings SET stamp = stamp + 1 WHERE id = $1 AND closed_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Writes how far `it` is, if its stamp is still `it.stamp - 1`. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Ranking) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE score_rankings
        SET edition = $1, closed_at = $2, published_at = $3, stamp = $4
        WHERE id = $5 AND stamp = $4 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.edition)
        .bind(it.closed_at)
        .bind(it.published_at)
        .bind(it.stamp)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one ranking.
pub(crate) async fn find(conn: &mut Conn, id: RankingId) -> Result<Option<Ranking>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM score_rankings WHERE id = $1");
    let row: Option<RankingRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Ranking::try_from).transpose()
}

/// Lists the newest rankings by `method`, newest period first.
pub(crate) async fn of_method(
    conn: &mut Conn,
    method: ScoreMethodId,
    limit: u16,
) -> Result<Vec<Ranking>, StoreError> {
    listed(conn, "method_id", method.0, limit).await
}

/// Lists the newest rankings that `agency` makes, newest period first.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Ranking>, StoreError> {
    listed(conn, "agency_id", agency.0, limit).await
}

async fn listed(
    conn: &mut Conn,
    column: &'static str,
    key: Uuid,
    limit: u16,
) -> Result<Vec<Ranking>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_rankings
        WHERE {column} = $1
        ORDER BY period_on DESC, id DESC
        LIMIT $2"
    );
    let rows: Vec<RankingRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(key)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Ranking::try_from).collect()
}

/// Lists the newest rankings that are known at `path` and below, newest period first.
pub(crate) async fn of_reach(
    conn: &mut Conn,
    path: &str,
    limit: u16,
) -> Result<Vec<Ranking>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_rankings
        WHERE reach = $1
        ORDER BY period_on DESC, id DESC
        LIMIT $2"
    );
    let rows: Vec<RankingRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(path)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Ranking::try_from).collect()
}

/// Lists the newest rankings that everybody may see, newest period first.
pub(crate) async fn public(conn: &mut Conn, limit: u16) -> Result<Vec<Ranking>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_rankings
        WHERE published_at IS NOT NULL
        ORDER BY period_on DESC, id DESC
        LIMIT $1"
    );
    let rows: Vec<RankingRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Ranking::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct RankingRow {
    id: Uuid,
    method_id: Uuid,
    method_version: i64,
    agency_id: Uuid,
    period: String,
    self_until: NaiveDate,
    edition: i64,
    opened_at: i64,
    closed_at: Option<i64>,
    published_at: Option<i64>,
    stamp: i64,
}

impl TryFrom<RankingRow> for Ranking {
    type Error = StoreError;

    fn try_from(row: RankingRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: RankingId(row.id),
            method: ScoreMethodId(row.method_id),
            method_version: row.method_version,
            agency: AgencyId(row.agency_id),
            period: period(TABLE, row.id, &row.period)?,
            self_until: row.self_until,
            edition: row.edition,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            published_at: row.published_at,
            stamp: row.stamp,
        })
    }
}
