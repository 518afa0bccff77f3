//! Table `initiative_steps`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, InitiativeId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Stage, Step};

/// Adds a step.
pub(crate) async fn insert(conn: &mut Conn, id: InitiativeId, it: &Step) -> Result<(), StoreError> {
    insert_many(conn, &[(id, it)]).await
}

/// Adds steps of several initiatives.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    rows: &[(InitiativeId, &Step)],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 8] =
        ["initiative_id", "n", "stage", "at", "since_on", "due_on", "agency_id", "reason"];
    for piece in pieces(rows) {
        let sql = insert_text(conn.dialect(), "initiative_steps", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (id, it) in piece {
                query = query
                    .bind(id.0)
                    .bind(it.n)
                    .bind(it.stage.code())
                    .bind(it.at)
                    .bind(it.since)
                    .bind(it.due_on)
                    .bind(it.agency.map(|it| it.0))
                    .bind(&it.reason);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
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
