//! Table `petition_hidings`.

use sauro_kernel::{AccountId, PetitionId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Hiding;

/// Adds a wish.
pub(crate) async fn insert(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Hiding,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_hidings (petition_id, n, reason, asked_by, asked_at)
        VALUES ($1, $2, $3, $4, $5)";
    run!(conn, c => sqlx::query(SQL)
        .bind(petition.0)
        .bind(it.n)
        .bind(&it.reason)
        .bind(it.asked_by.0)
        .bind(it.asked_at)
        .execute(c)
        .await
        .map(drop))
}

/// Writes down what was decided. Answers whether nobody had.
pub(crate) async fn decide(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Hiding,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE petition_hidings
        SET decided_by = $1, decided_at = $2, is_granted = $3
        WHERE petition_id = $4 AND n = $5 AND decided_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.decided.map(|it| it.0.0))
        .bind(it.decided.map(|it| it.1))
        .bind(it.decided.map(|it| it.2))
        .bind(petition.0)
        .bind(it.n)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// The newest wish of a case.
pub(crate) async fn newest(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Option<Hiding>, StoreError> {
    const SQL: &str = "
        SELECT n, reason, asked_by, asked_at, decided_by, decided_at, is_granted
        FROM petition_hidings
        WHERE petition_id = $1
        ORDER BY n DESC
        LIMIT 1";
    let row: Option<HidingRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(Hiding::from))
}

#[derive(sqlx::FromRow)]
struct HidingRow {
    n: i64,
    reason: String,
    asked_by: Uuid,
    asked_at: i64,
    decided_by: Option<Uuid>,
    decided_at: Option<i64>,
    is_granted: Option<bool>,
}

impl From<HidingRow> for Hiding {
    fn from(row: HidingRow) -> Self {
        let by = row.decided_by.map(AccountId).zip(row.decided_at);
        Self {
            n: row.n,
            reason: row.reason,
            asked_by: AccountId(row.asked_by),
            asked_at: row.asked_at,
            decided: by.map(|(by, at)| (by, at, row.is_granted.unwrap_or(false))),
        }
    }
}
