//! Table `signin_devices`.

use sauro_kernel::AccountId;
use sauro_store::{Conn, StoreError, run};

/// Whether `account` signed in from the machine of `hash` before.
pub(crate) async fn is_known(
    conn: &mut Conn,
    hash: &[u8],
    account: AccountId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT count(*) FROM signin_devices WHERE token_hash = $1 AND account_id = $2";
    let n = run!(conn, c => sqlx::query_scalar::<_, i64>(SQL)
        .bind(hash)
        .bind(account.0)
        .fetch_one(c)
        .await)?;
    Ok(n > 0)
}

/// Remembers the machine of `hash` as one of `account`.
pub(crate) async fn upsert(
    conn: &mut Conn,
    hash: &[u8],
    account: AccountId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO signin_devices (token_hash, account_id, seen_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = $3";
    run!(conn, c => sqlx::query(SQL)
        .bind(hash)
        .bind(account.0)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// Forgets the machines of `account` unseen since `before`.
pub(crate) async fn delete_before(
    conn: &mut Conn,
    account: AccountId,
    before: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM signin_devices WHERE account_id = $1 AND seen_at < $2";
    run!(conn, c => sqlx::query(SQL).bind(account.0).bind(before).execute(c).await.map(drop))
}
