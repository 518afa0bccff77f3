//! Table `sessions`.

use sauro_kernel::{AccountId, PostId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::posts::{COLUMNS, JOINS, SeatRow};
use crate::model::Seat;

/// A session as stored, with what its account still lacks.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) token_hash: Vec<u8>,
    pub(crate) account_id: Uuid,
    pub(crate) post_id: Option<Uuid>,
    pub(crate) created_at: i64,
    pub(crate) seen_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) user_agent: String,
    pub(crate) address_hint: String,
    pub(crate) totp_passed: bool,
}

/// A session with its seat: all that a request needs to know.
pub(crate) struct Seated {
    pub(crate) seen_at: i64,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) display_name: String,
    pub(crate) seat: Seat,
}

#[derive(sqlx::FromRow)]
struct SeatedRow {
    seen_at: i64,
    created_at: i64,
    expires_at: i64,
    display_name: String,
    #[sqlx(flatten)]
    seat: SeatRow,
}

const ROW: &str = "
        SELECT token_hash, account_id, post_id, created_at, seen_at, expires_at, user_agent,
               address_hint, totp_passed
        FROM sessions";

pub(crate) async fn insert(conn: &mut Conn, row: &SessionRow) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO sessions (token_hash, account_id, post_id, created_at, seen_at, expires_at,
                              user_agent, address_hint, totp_passed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    run!(conn, c => sqlx::query(SQL)
        .bind(&row.token_hash)
        .bind(row.account_id)
        .bind(row.post_id)
        .bind(row.created_at)
        .bind(row.seen_at)
        .bind(row.expires_at)
        .bind(&row.user_agent)
        .bind(&row.address_hint)
        .bind(row.totp_passed)
        .execute(c)
        .await
        .map(drop))
}

/// The session of `hash` with its seat, when every step of signing in is done, the account is
/// enabled and `now` is before its end. Whether the seat is valid today is for the model to say.
pub(crate) async fn find_seated(
    conn: &mut Conn,
    hash: &[u8],
    now: i64,
) -> Result<Option<Seated>, StoreError> {
    const WHERE: &str = "
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL
          AND NOT a.must_change_password AND (a.totp_confirmed_at IS NULL OR s.totp_passed)";
    let sql = format!(
        "SELECT s.seen_at, s.created_at, s.expires_at, a.display_name, {COLUMNS}
        FROM sessions s
        JOIN accounts a ON a.id = s.account_id
        JOIN posts p ON p.id = s.post_id AND p.account_id = s.account_id {JOINS} {WHERE}"
    );
    let row = run!(conn, c => sqlx::query_as::<_, SeatedRow>(AssertSqlSafe(sql))
        .bind(hash)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    row.map(|row| {
        Ok(Seated {
            seen_at: row.seen_at,
            created_at: row.created_at,
            expires_at: row.expires_at,
            display_name: row.display_name,
            seat: row.seat.seat()?,
        })
    })
    .transpose()
}

pub(crate) async fn find(
    conn: &mut Conn,
    hash: &[u8],
    now: i64,
) -> Result<Option<SessionRow>, StoreError> {
    let sql = format!("{ROW} WHERE token_hash = $1 AND expires_at > $2");
    run!(conn, c => sqlx::query_as::<_, SessionRow>(AssertSqlSafe(sql))
        .bind(hash)
        .bind(now)
        .fetch_optional(c)
        .await)
}

/// Lists the finished sessions of `account` that have not ended, the last used first.
pub(crate) async fn list_of(
    conn: &mut Conn,
    account: AccountId,
    now: i64,
) -> Result<Vec<SessionRow>, StoreError> {
    let sql = format!(
        "{ROW} WHERE account_id = $1 AND expires_at > $2 AND post_id IS NOT NULL
        ORDER BY seen_at DESC, token_hash LIMIT 100"
    );
    run!(conn, c => sqlx::query_as::<_, SessionRow>(AssertSqlSafe(sql))
        .bind(account.0)
        .bind(now)
        .fetch_all(c)
        .await)
}

pub(crate) async fn update_post(
    conn: &mut Conn,
    hash: &[u8],
    post: PostId,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET post_id = $2 WHERE token_hash = $1";
    run!(conn, c => sqlx::query(SQL).bind(hash).bind(post.0).execute(c).await.map(drop))
}

pub(crate) async fn update_totp_passed(conn: &mut Conn, hash: &[u8]) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET totp_passed = $2 WHERE token_hash = $1";
    run!(conn, c => sqlx::query(SQL).bind(hash).bind(true).execute(c).await.map(drop))
}

pub(crate) async fn update_seen(
    conn: &mut Conn,
    hash: &[u8],
    seen_at: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(hash)
        .bind(seen_at)
        .bind(expires_at)
        .execute(c)
        .await
        .map(drop))
}

/// Removes one session; false when there was none.
pub(crate) async fn delete(conn: &mut Conn, hash: &[u8]) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(hash)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n > 0)
}

/// Removes the sessions of `account`, but not `kept`; answers how many.
pub(crate) async fn delete_of(
    conn: &mut Conn,
    account: AccountId,
    kept: Option<&[u8]>,
) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(kept.unwrap_or_default())
        .execute(c)
        .await
        .map(|done| done.rows_affected()))
}

/// Removes what has ended.
pub(crate) async fn delete_ended(conn: &mut Conn, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
    run!(conn, c => sqlx::query(SQL).bind(now).execute(c).await.map(drop))
}
