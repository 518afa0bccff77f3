//! Tables `mailbox_messages`, `mailbox_counts` and `mailbox_days`.

use sauro_kernel::PetitionId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// What a message came to, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dealt {
    /// `taken`, `refused` or `skipped`.
    pub(crate) outcome: String,
    /// The case it became.
    pub(crate) petition: Option<PetitionId>,
}

/// What the message with the key came to, if it was dealt with.
pub(crate) async fn find(conn: &mut Conn, key: &[u8; 32]) -> Result<Option<Dealt>, StoreError> {
    const SQL: &str = "SELECT outcome, petition_id FROM mailbox_messages WHERE key_hash = $1";
    let row: Option<(String, Option<Uuid>)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(key.as_slice())
        .fetch_optional(c)
        .await)?;
    Ok(row.map(|(outcome, petition)| Dealt { outcome, petition: petition.map(PetitionId) }))
}

/// Writes down what a message came to. Answers false when it was there before.
pub(crate) async fn insert(
    conn: &mut Conn,
    key: &[u8; 32],
    outcome: &str,
    petition: Option<PetitionId>,
    at: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO mailbox_messages (key_hash, outcome, petition_id, at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (key_hash) DO NOTHING";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(key.as_slice())
        .bind(outcome)
        .bind(petition.map(|it| it.0))
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Counts one message more that came to `outcome` in `month`.
pub(crate) async fn count(
    conn: &mut Conn,
    month: &str,
    (outcome, reason): (&str, &str),
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO mailbox_counts (month, outcome, reason, n)
        VALUES ($1, $2, $3, 1)
        ON CONFLICT (month, outcome, reason) DO UPDATE SET n = mailbox_counts.n + 1";
    run!(conn, c => sqlx::query(SQL)
        .bind(month)
        .bind(outcome)
        .bind(reason)
        .execute(c)
        .await
        .map(drop))
}

/// How many messages came to what in the months from `since` on: month, outcome, reason, how many. The latest
/// month first.
pub(crate) async fn counts(
    conn: &mut Conn,
    since: &str,
) -> Result<Vec<(String, String, String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT month, outcome, reason, n
        FROM mailbox_counts
        WHERE month >= $1
        ORDER BY month DESC, outcome DESC, reason DESC
        LIMIT 500";
    run!(conn, c => sqlx::query_as(SQL).bind(since).fetch_all(c).await)
}

/// Counts a letter to the address and day of `source`, and answers how many there were with it.
pub(crate) async fn count_day(
    conn: &mut Conn,
    source: &[u8; 32],
    at: i64,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO mailbox_days (source, at, n)
        VALUES ($1, $2, 1)
        ON CONFLICT (source) DO UPDATE SET n = mailbox_days.n + 1
        RETURNING n";
    run!(conn, c => sqlx::query_scalar(SQL).bind(source.as_slice()).bind(at).fetch_one(c).await)
}

/// Takes back one letter that was counted for the day of `source`.
pub(crate) async fn uncount_day(conn: &mut Conn, source: &[u8; 32]) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE mailbox_days SET n = n - 1 WHERE source = $1 AND n > 0";
    run!(conn, c => sqlx::query(SQL).bind(source.as_slice()).execute(c).await.map(drop))
}

/// True when letters were counted before `at`.
pub(crate) async fn is_any_day_before(conn: &mut Conn, at: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT n FROM mailbox_days WHERE at < $1 ORDER BY at, source LIMIT 1";
    let n: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL).bind(at).fetch_optional(c).await)?;
    Ok(n.is_some())
}

/// Forgets what was counted before `at`.
pub(crate) async fn forget_days(conn: &mut Conn, at: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM mailbox_days WHERE at < $1";
    run!(conn, c => sqlx::query(SQL).bind(at).execute(c).await.map(drop))
}
