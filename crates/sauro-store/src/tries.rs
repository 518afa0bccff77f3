//! Table `petition_tries`: how often something was tried from one place within an hour, for all nodes and all rooms.

use crate::{Conn, StoreError, run};

/// Counts a try, and answers how many there were with it.
///
/// # Errors
///
/// The engine's.
pub async fn count(conn: &mut Conn, source: &[u8; 32], at: i64) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO petition_tries (source, at, n)
        VALUES ($1, $2, 1)
        ON CONFLICT (source) DO UPDATE SET n = petition_tries.n + 1
        RETURNING n";
    run!(conn, c => sqlx::query_scalar(SQL).bind(source.as_slice()).bind(at).fetch_one(c).await)
}

/// How many tries there were.
///
/// # Errors
///
/// The engine's.
pub async fn n(conn: &mut Conn, source: &[u8; 32]) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT n FROM petition_tries WHERE source = $1";
    let n: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(source.as_slice())
        .fetch_optional(c)
        .await)?;
    Ok(n.unwrap_or(0))
}

/// True when something was tried before `at`.
///
/// # Errors
///
/// The engine's.
pub async fn is_any_before(conn: &mut Conn, at: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT n FROM petition_tries WHERE at < $1 ORDER BY at, source LIMIT 1";
    let n: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL).bind(at).fetch_optional(c).await)?;
    Ok(n.is_some())
}

/// Forgets what was tried before `at`.
///
/// # Errors
///
/// The engine's.
pub async fn forget(conn: &mut Conn, at: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM petition_tries WHERE at < $1";
    run!(conn, c => sqlx::query(SQL).bind(at).execute(c).await.map(drop))
}
