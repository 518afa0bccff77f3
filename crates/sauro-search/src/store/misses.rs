//! Table `search_misses`.

use sauro_store::{Conn, StoreError, run};

use crate::model::Miss;

/// Counts words that found nothing.
pub(crate) async fn count(
    conn: &mut Conn,
    (fold, words): (&str, &str),
    at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO search_misses (fold, words, n, first_at, last_at)
        VALUES ($1, $2, 1, $3, $3)
        ON CONFLICT (fold) DO UPDATE
        SET words = excluded.words, n = search_misses.n + 1, last_at = excluded.last_at";
    run!(conn, c => sqlx::query(SQL).bind(fold).bind(words).bind(at).execute(c).await.map(drop))
}

/// Lists what was asked for most often, most often first, after `after`: how often, and the folded words.
pub(crate) async fn most(
    conn: &mut Conn,
    after: (i64, &str),
    limit: u16,
) -> Result<Vec<Miss>, StoreError> {
    const SQL: &str = "
        SELECT fold, words, n, first_at, last_at
        FROM search_misses
        WHERE n <= $1 AND (n < $1 OR fold < $2)
        ORDER BY n DESC, fold DESC
        LIMIT $3";
    let rows: Vec<(String, String, i64, i64, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let miss = |(fold, words, n, first_at, last_at)| Miss { fold, words, n, first_at, last_at };
    Ok(rows.into_iter().map(miss).collect())
}

/// Forgets the words `fold`. Answers whether they were there.
pub(crate) async fn remove(conn: &mut Conn, fold: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM search_misses WHERE fold = $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(fold)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Forgets what was last asked for before `at`, at most `limit` of it.
pub(crate) async fn forget(conn: &mut Conn, at: i64, limit: u16) -> Result<(), StoreError> {
    const SQL: &str = "
        DELETE FROM search_misses
        WHERE fold IN (SELECT fold FROM search_misses WHERE last_at < $1 ORDER BY last_at, fold LIMIT $2)";
    run!(conn, c => sqlx::query(SQL)
        .bind(at)
        .bind(i64::from(limit))
        .execute(c)
        .await
        .map(drop))
}
