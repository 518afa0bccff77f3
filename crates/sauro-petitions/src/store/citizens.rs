//! Table `petition_citizens`: which cases a signed-in citizen finds again without their codes.

use sauro_kernel::{CitizenId, PetitionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::petitions::{COLUMNS, PetitionRow};
use crate::model::Petition;

/// Adds a case to those of `citizen`; again is no change. Answers whether the citizen is still known here.
pub(crate) async fn add(
    conn: &mut Conn,
    citizen: CitizenId,
    case: PetitionId,
    now: i64,
) -> Result<bool, StoreError> {
    // Whoever was forgotten meanwhile by another click has no list any more.
    const SQL: &str = "
        INSERT INTO petition_citizens (citizen_id, petition_id, added_at)
        SELECT id, $2, $3 FROM citizens WHERE id = $1
        ON CONFLICT (citizen_id, petition_id) DO UPDATE SET added_at = petition_citizens.added_at";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(citizen.0)
        .bind(case.0)
        .bind(now)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n > 0)
}

/// The cases of `citizen`, the newest first, after (`before`) one that was read.
///
/// Uses the primary key of `petition_citizens`.
pub(crate) async fn list_of(
    conn: &mut Conn,
    citizen: CitizenId,
    before: Uuid,
    limit: u16,
) -> Result<Vec<Petition>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}
        FROM petition_citizens
        JOIN petitions ON id = petition_id
        WHERE citizen_id = $1 AND petition_id < $2
        ORDER BY petition_id DESC
        LIMIT $3"
    );
    let rows: Vec<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(citizen.0)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Petition::try_from).collect()
}

/// Whether the case is one of `citizen`.
pub(crate) async fn is_of(
    conn: &mut Conn,
    citizen: CitizenId,
    case: PetitionId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT count(*) FROM petition_citizens WHERE citizen_id = $1 AND petition_id = $2";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(citizen.0)
        .bind(case.0)
        .fetch_one(c)
        .await)?;
    Ok(n > 0)
}

/// Takes one case from the list of `citizen`.
pub(crate) async fn remove(
    conn: &mut Conn,
    citizen: CitizenId,
    case: PetitionId,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM petition_citizens WHERE citizen_id = $1 AND petition_id = $2";
    run!(conn, c => sqlx::query(SQL).bind(citizen.0).bind(case.0).execute(c).await.map(drop))
}

/// Takes a case from every list, because its sender is forgotten.
pub(crate) async fn forget(conn: &mut Conn, case: PetitionId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM petition_citizens WHERE petition_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(case.0).execute(c).await.map(drop))
}
