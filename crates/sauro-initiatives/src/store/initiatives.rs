//! Table `initiatives`.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, InitiativeId, ProblemId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Area, Code, Initiative, Kind, Stage};

const TABLE: &str = "initiatives";

pub(super) const COLUMNS: &str = "
    id, code, kind, area, title, place, receiver_id, receiver_path, unit_id, reviewer_id, account_id,
    n_dossiers, sent_at, stage, since_on, due_on, recognised_on, desk_id, is_open, opinion, stamp, problem_id, n_supports";

/// Adds an initiative. Fails with [`StoreError::Conflict`] when its form was sent before.
pub(crate) async fn insert(
    conn: &mut Conn,
    it: &Initiative,
    send_key: &str,
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO initiatives ({COLUMNS}, send_key, is_listed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25)"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(it.code.as_str())
        .bind(it.kind.code())
        .bind(it.area.code())
        .bind(&it.title)
        .bind(&it.place)
        .bind(it.receiver.0)
        .bind(it.receiver_path.as_str())
        .bind(it.unit.map(|it| it.0))
        .bind(it.reviewer.map(|it| it.0))
        .bind(it.sender.map(|it| it.0))
        .bind(it.n)
        .bind(it.sent_at)
        .bind(it.stage.code())
        .bind(it.since)
        .bind(it.due_on)
        .bind(it.recognised_on)
        .bind(it.desk.map(|it| it.0))
        .bind(it.is_open)
        .bind(&it.opinion)
        .bind(it.stamp)
        .bind(it.problem.map(|it| it.0))
        .bind(it.n_supports)
        .bind(send_key)
        .bind(it.stage.is_listed())
        .execute(c)
        .await
        .map(drop))
}

/// True when there is an initiative.
pub(crate) async fn is_any(conn: &mut Conn) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT count(*) FROM (SELECT id FROM initiatives LIMIT 1) found";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Writes where `it` is, if its stamp is still `it.stamp - 1`. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Initiative) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE initiatives
        SET reviewer_id = $1, n_dossiers = $2, stage = $3, since_on = $4, due_on = $5, recognised_on = $6,
            desk_id = $7, is_listed = $8, opinion = $9, stamp = $10
        WHERE id = $11 AND stamp = $10 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.reviewer.map(|it| it.0))
        .bind(it.n)
        .bind(it.stage.code())
        .bind(it.since)
        .bind(it.due_on)
        .bind(it.recognised_on)
        .bind(it.desk.map(|it| it.0))
        .bind(it.stage.is_listed())
        .bind(&it.opinion)
        .bind(it.stamp)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one initiative.
pub(crate) async fn find(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Option<Initiative>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM initiatives WHERE id = $1");
    let row: Option<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Initiative::try_from).transpose()
}

/// Finds the initiative with `code`.
pub(crate) async fn by_code(
    conn: &mut Conn,
    code: &Code,
) -> Result<Option<Initiative>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM initiatives WHERE code = $1");
    let row: Option<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(code.as_str())
        .fetch_optional(c)
        .await)?;
    row.map(Initiative::try_from).transpose()
}

/// Finds the initiative that came with the form `key`.
pub(crate) async fn by_key(conn: &mut Conn, key: &str) -> Result<Option<Initiative>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM initiatives WHERE send_key = $1");
    let row: Option<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(key)
        .fetch_optional(c)
        .await)?;
    row.map(Initiative::try_from).transpose()
}

#[derive(sqlx::FromRow)]
pub(super) struct InitiativeRow {
    id: Uuid,
    code: String,
    kind: String,
    area: String,
    title: String,
    place: String,
    receiver_id: Uuid,
    receiver_path: String,
    unit_id: Option<Uuid>,
    reviewer_id: Option<Uuid>,
    account_id: Option<Uuid>,
    n_dossiers: i64,
    sent_at: i64,
    stage: String,
    since_on: NaiveDate,
    due_on: Option<NaiveDate>,
    recognised_on: Option<NaiveDate>,
    desk_id: Option<Uuid>,
    is_open: bool,
    opinion: String,
    stamp: i64,
    problem_id: Option<Uuid>,
    n_supports: i64,
}

impl TryFrom<InitiativeRow> for Initiative {
    type Error = StoreError;

    fn try_from(row: InitiativeRow) -> Result<Self, StoreError> {
        let none = |what: &str| corrupt(TABLE, row.id, format!("no such {what}"));
        Ok(Self {
            id: InitiativeId(row.id),
            code: row.code.parse().map_err(|err| corrupt(TABLE, row.id, err))?,
            kind: Kind::of_code(&row.kind).ok_or_else(|| none("kind"))?,
            area: Area::of_code(&row.area).ok_or_else(|| none("area"))?,
            title: row.title,
            place: row.place,
            receiver: AgencyId(row.receiver_id),
            receiver_path: AgencyPath::parse(&row.receiver_path)
                .map_err(|err| corrupt(TABLE, row.id, err))?,
            unit: row.unit_id.map(AgencyId),
            reviewer: row.reviewer_id.map(AgencyId),
            sender: row.account_id.map(AccountId),
            n: row.n_dossiers,
            sent_at: row.sent_at,
            stage: Stage::of_code(&row.stage)
                .ok_or_else(|| corrupt(TABLE, row.id, "no such stage"))?,
            since: row.since_on,
            due_on: row.due_on,
            recognised_on: row.recognised_on,
            desk: row.desk_id.map(AgencyId),
            is_open: row.is_open,
            opinion: row.opinion,
            stamp: row.stamp,
            problem: row.problem_id.map(ProblemId),
            n_supports: row.n_supports,
        })
    }
}
