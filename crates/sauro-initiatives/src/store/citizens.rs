//! Table `initiative_citizens`: what a signed-in citizen sent and finds again without its code.

use sauro_kernel::{CitizenId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use super::initiatives::{COLUMNS, InitiativeRow};
use crate::model::Initiative;

/// Adds an initiative to those of `citizen`, unless the citizen was forgotten meanwhile.
pub(crate) async fn add(
    conn: &mut Conn,
    citizen: CitizenId,
    id: InitiativeId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_citizens (citizen_id, initiative_id, added_at)
        SELECT id, $2, $3 FROM citizens WHERE id = $1
        ON CONFLICT (citizen_id, initiative_id) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(citizen.0)
        .bind(id.0)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// The initiatives of `citizen`, the newest first.
///
/// Uses the primary key of `initiative_citizens`.
pub(crate) async fn list_of(
    conn: &mut Conn,
    citizen: CitizenId,
    limit: u16,
) -> Result<Vec<Initiative>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM initiative_citizens
        JOIN initiatives ON id = initiative_id
        WHERE citizen_id = $1
        ORDER BY initiative_id DESC
        LIMIT $2"
    );
    let rows: Vec<InitiativeRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(citizen.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Initiative::try_from).collect()
}

/// Whether the initiative is one of `citizen`.
pub(crate) async fn is_of(
    conn: &mut Conn,
    citizen: CitizenId,
    id: InitiativeId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT count(*) FROM initiative_citizens WHERE citizen_id = $1 AND initiative_id = $2";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(citizen.0)
        .bind(id.0)
        .fetch_one(c)
        .await)?;
    Ok(n > 0)
}
