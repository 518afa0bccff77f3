use chrono::{DateTime, Utc};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::{Entry, EntryId};

/// An entry that a reader could not digest and went past (gác lại).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The reader's name.
    pub reader: String,
    /// Position of the entry.
    pub position: i64,
    /// The entry.
    pub entry: EntryId,
    /// Why, for those who mend it.
    pub error: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Lists what readers have parked, in the order of the journal, at most `limit`.
pub async fn parked(conn: &mut Conn, limit: u16) -> Result<Vec<Parked>, StoreError> {
    const SQL: &str = "
        SELECT reader, position, entry_id, error, at
        FROM journal_parked
        ORDER BY reader, position
        LIMIT $1";
    let rows: Vec<(String, i64, Uuid, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(i64::from(limit)).fetch_all(c).await)?;
    let parked = |(reader, position, entry, error, at)| Parked {
        reader,
        position,
        entry: EntryId(entry),
        error,
        at: DateTime::from_timestamp_micros(at).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(parked).collect())
}

/// How many entries readers have parked.
pub async fn n_parked(conn: &mut Conn) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT count(*) FROM journal_parked";
    run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)
}

/// Positions that `reader` has parked, in order, at most `limit`.
pub(crate) async fn positions_of(
    conn: &mut Conn,
    reader: &str,
    limit: u16,
) -> Result<Vec<i64>, StoreError> {
    const SQL: &str = "
        SELECT position FROM journal_parked WHERE reader = $1 ORDER BY position LIMIT $2";
    run!(conn, c => sqlx::query_scalar(SQL)
        .bind(reader)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}

pub(crate) async fn insert(
    conn: &mut Conn,
    reader: &str,
    entry: &Entry,
    error: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO journal_parked (reader, position, entry_id, error, at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (reader, position) DO UPDATE SET error = $4, at = $5";
    run!(conn, c => sqlx::query(SQL)
        .bind(reader)
        .bind(entry.position)
        .bind(entry.id.0)
        .bind(error)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// Takes a parked entry out. Answers false when somebody else did.
pub(crate) async fn remove(
    conn: &mut Conn,
    reader: &str,
    position: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM journal_parked WHERE reader = $1 AND position = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(reader)
        .bind(position)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}
