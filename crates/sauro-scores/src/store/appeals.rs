//! Table `score_appeals`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, RankingId, ScoreAppealId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{corrupt, decimal, measure};
use crate::model::{Appeal, AppealState};

const TABLE: &str = "score_appeals";

const COLUMNS: &str = "
    id, ranking_id, agency_id, unit_id, unit_code, measure, edition, shown, reason, evidence, asked_by, asked_at,
    due_on, state, answer, corrected, points, answered_by, answered_at, answered_edition";

/// Adds an appeal. Fails with [`StoreError::Conflict`] when one about the same is still open.
pub(crate) async fn insert(conn: &mut Conn, it: &Appeal) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO score_appeals ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.ranking.0)
        .bind(it.agency.0)
        .bind(it.unit.0)
        .bind(&it.unit_code)
        .bind(it.measure.map(|it| it.code()).unwrap_or_default())
        .bind(it.edition)
        .bind(&it.shown)
        .bind(&it.reason)
        .bind(&it.evidence)
        .bind(it.asked_by.0)
        .bind(it.asked_at)
        .bind(it.due_on)
        .bind(it.state.code())
        .bind(&it.answer)
        .bind(it.corrected.map(|it| it.0.code()).unwrap_or_default())
        .bind(it.corrected.map(|it| it.1.to_string()).unwrap_or_default())
        .bind(it.answered.map(|it| it.0.0))
        .bind(it.answered.map(|it| it.1))
        .bind(it.answered_edition)
        .execute(c)
        .await
        .map(drop))
}

/// Writes the answer of `it`, if nobody has answered yet. Answers whether nobody had.
pub(crate) async fn answer(conn: &mut Conn, it: &Appeal) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE score_appeals
        SET state = $1, answer = $2, corrected = $3, points = $4, answered_by = $5, answered_at = $6,
            answered_edition = $7
        WHERE id = $8 AND state = 'open'";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.state.code())
        .bind(&it.answer)
        .bind(it.corrected.map(|it| it.0.code()).unwrap_or_default())
        .bind(it.corrected.map(|it| it.1.to_string()).unwrap_or_default())
        .bind(it.answered.map(|it| it.0.0))
        .bind(it.answered.map(|it| it.1))
        .bind(it.answered_edition)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one appeal.
pub(crate) async fn find(conn: &mut Conn, id: ScoreAppealId) -> Result<Option<Appeal>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM score_appeals WHERE id = $1");
    let row: Option<AppealRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Appeal::try_from).transpose()
}

/// Lists what `unit` contested in a ranking, newest first.
pub(crate) async fn of_unit(
    conn: &mut Conn,
    ranking: RankingId,
    unit: AgencyId,
    limit: u16,
) -> Result<Vec<Appeal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_appeals
        WHERE ranking_id = $1 AND unit_id = $2
        ORDER BY asked_at DESC, id DESC
        LIMIT $3"
    );
    let rows: Vec<AppealRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(ranking.0)
        .bind(unit.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Appeal::try_from).collect()
}

/// Lists what `agency` has to answer, the nearest deadline first, or what it has answered, the newest first.
pub(crate) async fn to_answer(
    conn: &mut Conn,
    agency: AgencyId,
    state: AppealState,
    limit: u16,
) -> Result<Vec<Appeal>, StoreError> {
    let order = if state == AppealState::Open { "due_on, id" } else { "due_on DESC, id DESC" };
    let sql = format!(
        "SELECT {COLUMNS} FROM score_appeals
        WHERE agency_id = $1 AND state = $2
        ORDER BY {order}
        LIMIT $3"
    );
    let rows: Vec<AppealRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(state.code())
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Appeal::try_from).collect()
}

/// Lists what `unit` contested anywhere, newest first.
pub(crate) async fn by_unit(
    conn: &mut Conn,
    unit: AgencyId,
    limit: u16,
) -> Result<Vec<Appeal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM score_appeals
        WHERE unit_id = $1
        ORDER BY asked_at DESC, id DESC
        LIMIT $2"
    );
    let rows: Vec<AppealRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(unit.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Appeal::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct AppealRow {
    id: Uuid,
    ranking_id: Uuid,
    agency_id: Uuid,
    unit_id: Uuid,
    unit_code: String,
    measure: String,
    edition: i64,
    shown: String,
    reason: String,
    evidence: String,
    asked_by: Uuid,
    asked_at: i64,
    due_on: NaiveDate,
    state: String,
    answer: String,
    corrected: String,
    points: String,
    answered_by: Option<Uuid>,
    answered_at: Option<i64>,
    answered_edition: i64,
}

impl TryFrom<AppealRow> for Appeal {
    type Error = StoreError;

    fn try_from(row: AppealRow) -> Result<Self, StoreError> {
        let named = |code: &str| match code {
            "" => Ok(None),
            code => measure(TABLE, row.id, code).map(Some),
        };
        let corrected = match named(&row.corrected)? {
            Some(measure) => Some((measure, decimal(TABLE, row.id, &row.points)?)),
            None => None,
        };
        Ok(Self {
            id: ScoreAppealId(row.id),
            ranking: RankingId(row.ranking_id),
            agency: AgencyId(row.agency_id),
            unit: AgencyId(row.unit_id),
            unit_code: row.unit_code,
            measure: named(&row.measure)?,
            edition: row.edition,
            shown: row.shown,
            reason: row.reason,
            evidence: row.evidence,
            asked_by: AccountId(row.asked_by),
            asked_at: row.asked_at,
            due_on: row.due_on,
            state: AppealState::of_code(&row.state)
                .ok_or_else(|| corrupt(TABLE, row.id, "no such state"))?,
            answer: row.answer,
            corrected,
            answered: row.answered_by.map(AccountId).zip(row.answered_at),
            answered_edition: row.answered_edition,
        })
    }
}
