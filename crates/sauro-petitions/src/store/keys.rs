//! Table `intake_keys`.

use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::IntakeKey;

/// Adds a key.
pub(crate) async fn insert(
    conn: &mut Conn,
    key: &IntakeKey,
    hash: &[u8; 32],
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO intake_keys (id, name, key_hash, made_at, revoked_at)
        VALUES ($1, $2, $3, $4, NULL)";
    run!(conn, c => sqlx::query(SQL)
        .bind(key.id)
        .bind(&key.name)
        .bind(hash.as_slice())
        .bind(key.made_at)
        .execute(c)
        .await
        .map(drop))
}

/// The key with `hash`, unless it was revoked.
pub(crate) async fn by_hash(
    conn: &mut Conn,
    hash: &[u8; 32],
) -> Result<Option<IntakeKey>, StoreError> {
    const SQL: &str = "
        SELECT id, name, made_at, revoked_at
        FROM intake_keys
        WHERE key_hash = $1 AND revoked_at IS NULL";
    let row: Option<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(hash.as_slice())
        .fetch_optional(c)
        .await)?;
    Ok(row.map(IntakeKey::from))
}

/// All keys, the newest first, at most `limit`.
pub(crate) async fn all(conn: &mut Conn, limit: u16) -> Result<Vec<IntakeKey>, StoreError> {
    const SQL: &str = "
        SELECT id, name, made_at, revoked_at
        FROM intake_keys
        ORDER BY id DESC
        LIMIT $1";
    let rows: Vec<Row> =
        run!(conn, c => sqlx::query_as(SQL).bind(i64::from(limit)).fetch_all(c).await)?;
    Ok(rows.into_iter().map(IntakeKey::from).collect())
}

/// Revokes a key. Answers whether it was there and open.
pub(crate) async fn revoke(conn: &mut Conn, id: Uuid, at: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE intake_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(at)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    made_at: i64,
    revoked_at: Option<i64>,
}

impl From<Row> for IntakeKey {
    fn from(row: Row) -> Self {
        Self { id: row.id, name: row.name, made_at: row.made_at, revoked_at: row.revoked_at }
    }
}
