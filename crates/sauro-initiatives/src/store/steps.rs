//! Table `initiative_steps`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::corrupt;
use crate::model::{Stage, Step};

/// Adds a step.
pub(crate) async fn insert(conn: &mut Conn, id: InitiativeId, it: &Step) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_steps (initiative_id, n, stage, at, since_on, due_on, agency_id, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(it.n)
        .bind(it.stage.code())
        .bind(it.at)
        .bind(it.since)
        .bind(it.due_on)
        .bind(it.agency.map(|it| it.0))
        .bind(&it.reason)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the steps, oldest first.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Vec<Step>, StoreError> {
    const SQL: &str = "
        SELECT n, stage, at, since_on, due_on, agency_id, reason
        FROM initiative_steps
        WHERE initiative_id = $1
        ORDER BY n
        LIMIT 1000";
    let rows: Vec<StepRow> = run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|row| {
            let stage = Stage::of_code(&row.stage)
                .ok_or_else(|| corrupt("initiative_steps", id.0, "no such stage"))?;
            Ok(Step {
                n: row.n,
                stage,
                at: row.at,
                since: row.since_on,
                due_on: row.due_on,
                agency: row.agency_id.map(AgencyId),
                reason: row.reason,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct StepRow {
    n: i64,
    stage: String,
    at: i64,
    since_on: NaiveDate,
    due_on: Option<NaiveDate>,
    agency_id: Option<Uuid>,
    reason: String,
}
