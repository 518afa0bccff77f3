//! Table `signin_attempts`.

use sauro_store::{Conn, StoreError, run};

/// What is known of one key.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(crate) struct AttemptRow {
    pub(crate) n_failed: i64,
    pub(crate) last_at: i64,
    pub(crate) wait_until: i64,
}

/// The row of `key`, made when there is none, and on PostgreSQL locked until the transaction ends,
/// so that guesses sent at once are counted one after another.
pub(crate) async fn take(conn: &mut Conn, key: &[u8], now: i64) -> Result<AttemptRow, StoreError> {
    const SQL: &str = "
        INSERT INTO signin_attempts (key, n_failed, last_at, wait_until)
        VALUES ($1, 0, $2, 0)
        ON CONFLICT (key) DO UPDATE SET n_failed = signin_attempts.n_failed
        RETURNING n_failed, last_at, wait_until";
    run!(conn, c => sqlx::query_as::<_, AttemptRow>(SQL).bind(key).bind(now).fetch_one(c).await)
}

pub(crate) async fn update(conn: &mut Conn, key: &[u8], row: AttemptRow) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE signin_attempts
        SET n_failed = $2, last_at = $3, wait_until = $4
        WHERE key = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(key)
        .bind(row.n_failed)
        .bind(row.last_at)
        .bind(row.wait_until)
        .execute(c)
        .await
        .map(drop))
}

/// Forgets what is older than `before`.
pub(crate) async fn delete_before(conn: &mut Conn, before: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM signin_attempts WHERE last_at < $1";
    run!(conn, c => sqlx::query(SQL).bind(before).execute(c).await.map(drop))
}
