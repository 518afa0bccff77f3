//! Table `subscription_letters`: the outbox.

use chrono::DateTime;
use sauro_kernel::{MailId, SubscriptionId};
use sauro_store::{Conn, FileHash, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Letter, LetterKind, Way};

const TABLE: &str = "subscription_letters";

/// Lists letters whose time has come.
pub(super) const DUE: &str = "
    SELECT id, subscription_id, way, kind, from_n, until_n, sealed, made_at, next_at, n_tries
    FROM subscription_letters
    WHERE state = 'waiting' AND way = $1 AND next_at <= $2
    ORDER BY next_at, id
    LIMIT $3";

/// A letter to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewLetter {
    pub(crate) id: MailId,
    pub(crate) subscription: SubscriptionId,
    pub(crate) way: Way,
    pub(crate) kind: LetterKind,
    /// What makes it one.
    pub(crate) cause: String,
    pub(crate) range: (i64, i64),
    pub(crate) sealed: Option<Vec<u8>>,
}

/// Writes letters at `at`, each unless what causes it has caused one before.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    letters: &[NewLetter],
    at: i64,
) -> Result<(), StoreError> {
    for piece in pieces(letters) {
        let values = values_text(conn.dialect(), 14, piece.len());
        let sql = format!(
            "INSERT INTO subscription_letters (
                id, subscription_id, way, kind, cause, from_n, until_n, sealed, state, made_at, next_at, n_tries,
                ended_at, error)
            {values} ON CONFLICT (cause) DO NOTHING"
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(it.id.0)
                    .bind(it.subscription.0)
                    .bind(it.way.code())
                    .bind(it.kind.code())
                    .bind(FileHash::of(it.cause.as_bytes()).0.to_vec())
                    .bind(it.range.0)
                    .bind(it.range.1)
                    .bind(it.sealed.clone())
                    .bind("waiting")
                    .bind(at)
                    .bind(at)
                    .bind(0_i64)
                    .bind(None::<i64>)
                    .bind("");
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists letters that go by `way` whose time has come at `now`, the longest waiting first.
///
/// Uses index `subscription_letters_to_send`.
pub(crate) async fn due(
    conn: &mut Conn,
    (way, now): (Way, i64),
    limit: u16,
) -> Result<Vec<Letter>, StoreError> {
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(DUE)
        .bind(way.code())
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Letter::try_from).collect()
}

/// Takes a letter for one try, until `until`. Answers false when another node has it.
pub(crate) async fn take(conn: &mut Conn, it: &Letter, until: i64) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE subscription_letters SET next_at = $3, n_tries = n_tries + 1
        WHERE id = $1 AND state = 'waiting' AND next_at = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.next_at)
        .bind(until)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Puts a letter off until `next_at`.
pub(crate) async fn put_off(
    conn: &mut Conn,
    id: MailId,
    (next_at, error): (i64, &str),
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE subscription_letters SET next_at = $2, error = $3 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(next_at)
        .bind(error)
        .execute(c)
        .await
        .map(drop))
}

/// Ends a letter as `sent`, `rejected` or `dropped`. A link in it goes, what became of it stays for a while.
pub(crate) async fn end(
    conn: &mut Conn,
    id: MailId,
    (state, error): (&'static str, &str),
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE subscription_letters SET state = $2, error = $3, ended_at = $4, sealed = NULL
        WHERE id = $1 AND state = 'waiting'";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(state)
        .bind(error)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// Erases all letters of a subscription.
pub(crate) async fn remove_of(conn: &mut Conn, id: SubscriptionId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM subscription_letters WHERE subscription_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Forgets at most `limit` letters that ended before `at`. Answers how many.
///
/// Uses index `subscription_letters_ended`.
pub(crate) async fn forget(conn: &mut Conn, at: i64, limit: u16) -> Result<u64, StoreError> {
    const SQL: &str = "
        DELETE FROM subscription_letters WHERE id IN (
            SELECT id FROM subscription_letters
            WHERE ended_at IS NOT NULL AND ended_at < $1 ORDER BY ended_at, id LIMIT $2)";
    run!(conn, c => sqlx::query(SQL)
        .bind(at)
        .bind(i64::from(limit))
        .execute(c)
        .await
        .map(|done| done.rows_affected()))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    subscription_id: Uuid,
    way: String,
    kind: String,
    from_n: i64,
    until_n: i64,
    sealed: Option<Vec<u8>>,
    made_at: i64,
    next_at: i64,
    n_tries: i64,
}

impl TryFrom<Row> for Letter {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = |reason: &str| corrupt(TABLE, row.id, reason);
        Ok(Self {
            id: MailId(row.id),
            subscription: SubscriptionId(row.subscription_id),
            way: Way::of_code(&row.way).ok_or_else(|| bad("no such way"))?,
            kind: LetterKind::of_code(&row.kind).ok_or_else(|| bad("no such kind"))?,
            range: (row.from_n, row.until_n),
            sealed: row.sealed,
            made_at: DateTime::from_timestamp_micros(row.made_at).unwrap_or_default(),
            next_at: row.next_at,
            n_tries: row.n_tries,
        })
    }
}
