//! Table `recovery_codes`.

use sauro_kernel::AccountId;
use sauro_store::{Conn, StoreError, run};

pub(crate) async fn insert(
    conn: &mut Conn,
    account: AccountId,
    hash: &[u8],
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)";
    run!(conn, c => sqlx::query(SQL).bind(account.0).bind(hash).execute(c).await.map(drop))
}

pub(crate) async fn delete_of(conn: &mut Conn, account: AccountId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM recovery_codes WHERE account_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))
}

/// Uses up the code of `hash`; false when there is none left like it.
pub(crate) async fn use_up(
    conn: &mut Conn,
    account: AccountId,
    hash: &[u8],
    now: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE recovery_codes
        SET used_at = $3
        WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(hash)
        .bind(now)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// How many codes are left.
pub(crate) async fn count_left(conn: &mut Conn, account: AccountId) -> Result<i64, StoreError> {
    const SQL: &str = "
        SELECT count(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).bind(account.0).fetch_one(c).await)
}
