//! Table `accounts`.

use sauro_kernel::{AccountId, AgencyPath};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// An account as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct AccountRow {
    pub(crate) id: Uuid,
    pub(crate) login: String,
    pub(crate) display_name: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) totp_secret: Option<Vec<u8>>,
    pub(crate) totp_confirmed_at: Option<i64>,
    pub(crate) must_change_password: bool,
    pub(crate) is_sample: bool,
    pub(crate) disabled_at: Option<i64>,
}

/// What a new row holds.
pub(crate) struct NewRow<'a> {
    pub(crate) id: AccountId,
    pub(crate) login: &'a str,
    pub(crate) display_name: &'a str,
    pub(crate) name_fold: &'a str,
    pub(crate) password_hash: &'a str,
    pub(crate) must_change_password: bool,
    pub(crate) is_sample: bool,
    pub(crate) created_at: i64,
}

const ROW: &str = "
        SELECT a.id, a.login, a.display_name, a.password_hash, a.totp_secret, a.totp_confirmed_at,
               a.must_change_password, a.is_sample, a.disabled_at
        FROM accounts a";

impl AccountRow {
    pub(crate) fn account(&self) -> AccountId {
        AccountId(self.id)
    }

    /// Whether a code is asked for at sign-in.
    pub(crate) fn has_totp(&self) -> bool {
        self.totp_confirmed_at.is_some()
    }
}

pub(crate) async fn insert(conn: &mut Conn, row: NewRow<'_>) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO accounts (id, login, display_name, name_fold, password_hash, totp_step,
                              must_change_password, is_sample, created_at, version)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 1)";
    run!(conn, c => sqlx::query(SQL)
        .bind(row.id.0)
        .bind(row.login)
        .bind(row.display_name)
        .bind(row.name_fold)
        .bind(row.password_hash)
        .bind(row.must_change_password)
        .bind(row.is_sample)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
}

pub(crate) async fn find(conn: &mut Conn, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
    let sql = format!("{ROW} WHERE a.id = $1");
    run!(conn, c => sqlx::query_as::<_, AccountRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)
}

pub(crate) async fn find_by_login(
    conn: &mut Conn,
    login: &str,
) -> Result<Option<AccountRow>, StoreError> {
    let sql = format!("{ROW} WHERE a.login = $1");
    run!(conn, c => sqlx::query_as::<_, AccountRow>(AssertSqlSafe(sql))
        .bind(login)
        .fetch_optional(c)
        .await)
}

/// Lists the accounts with a seat at or below `scope`, after the login `after`, whose login or name
/// contains the folded text `words` (empty: all).
pub(crate) async fn list_in_scope(
    conn: &mut Conn,
    scope: &AgencyPath,
    words: &str,
    after: &str,
    limit: u16,
) -> Result<Vec<AccountRow>, StoreError> {
    const WHERE: &str = "
        WHERE a.login > $1
          AND ($2 = '' OR length(replace(a.name_fold, $2, '')) < length(a.name_fold)
                       OR length(replace(a.login, $2, '')) < length(a.login))
          AND EXISTS (SELECT 1
                      FROM posts p
                      JOIN agencies g ON g.id = p.agency_id
                      WHERE p.account_id = a.id AND (g.path = $3 OR (g.path >= $4 AND g.path < $5)))
        ORDER BY a.login, a.id
        LIMIT $6";
    let (start, end) = scope.below();
    let sql = format!("{ROW} {WHERE}");
    run!(conn, c => sqlx::query_as::<_, AccountRow>(AssertSqlSafe(sql))
        .bind(after)
        .bind(words)
        .bind(scope.as_str())
        .bind(start)
        .bind(end)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}

/// Lists the enabled accounts that a demonstration offers.
pub(crate) async fn list_samples(conn: &mut Conn) -> Result<Vec<AccountRow>, StoreError> {
    let sql = format!(
        "{ROW} WHERE a.is_sample AND a.disabled_at IS NULL ORDER BY a.created_at, a.id LIMIT 50"
    );
    run!(conn, c => sqlx::query_as::<_, AccountRow>(AssertSqlSafe(sql)).fetch_all(c).await)
}

pub(crate) async fn update_password(
    conn: &mut Conn,
    id: AccountId,
    hash: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE accounts
        SET password_hash = $2, must_change_password = $3, version = version + 1
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(hash)
        .bind(must_change)
        .execute(c)
        .await
        .map(drop))
}

pub(crate) async fn update_disabled(
    conn: &mut Conn,
    id: AccountId,
    at: Option<i64>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE accounts
        SET disabled_at = $2, version = version + 1
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(at).execute(c).await.map(drop))
}

/// Keeps the sealed secret of a generator; it counts once a code was typed.
pub(crate) async fn update_totp(
    conn: &mut Conn,
    id: AccountId,
    sealed: Option<&[u8]>,
    confirmed_at: Option<i64>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE accounts
        SET totp_secret = $2, totp_confirmed_at = $3, version = version + 1
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(sealed)
        .bind(confirmed_at)
        .execute(c)
        .await
        .map(drop))
}

/// Uses up `step`; false when it, or a later one, was used before.
pub(crate) async fn use_totp_step(
    conn: &mut Conn,
    id: AccountId,
    step: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE accounts SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(step)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}
