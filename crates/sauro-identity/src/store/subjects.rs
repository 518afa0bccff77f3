//! Table `account_subjects`.

use sauro_kernel::AccountId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// The account that the subject with this mark opens.
pub(crate) async fn account_of(
    conn: &mut Conn,
    mark: &[u8],
) -> Result<Option<AccountId>, StoreError> {
    const SQL: &str = "SELECT account_id FROM account_subjects WHERE subject_mark = $1";
    let found: Option<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(mark).fetch_optional(c).await)?;
    Ok(found.map(AccountId))
}

/// The providers that `account` is linked to, with since when, in microseconds.
pub(crate) async fn list_of(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT provider, linked_at
        FROM account_subjects
        WHERE account_id = $1
        ORDER BY provider
        LIMIT 100";
    run!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)
}

/// Links; a subject or a provider of this account that is linked already is a conflict.
pub(crate) async fn insert(
    conn: &mut Conn,
    mark: &[u8],
    account: AccountId,
    provider: &str,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO account_subjects (subject_mark, account_id, provider, linked_at)
        VALUES ($1, $2, $3, $4)";
    run!(conn, c => sqlx::query(SQL)
        .bind(mark)
        .bind(account.0)
        .bind(provider)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// Unlinks one provider. Answers whether it was linked.
pub(crate) async fn delete(
    conn: &mut Conn,
    account: AccountId,
    provider: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM account_subjects WHERE account_id = $1 AND provider = $2";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(provider)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n > 0)
}

/// Unlinks all; answers how many there were.
pub(crate) async fn delete_of(conn: &mut Conn, account: AccountId) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM account_subjects WHERE account_id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))
}
