//! Table `initiative_supports`, and the counter of `initiatives`, which equals its rows.

use sauro_kernel::{AccountId, InitiativeId};
use sauro_store::{Conn, StoreError, run};

/// Adds the support of `account`. Answers whether there was none.
pub(crate) async fn add(
    conn: &mut Conn,
    id: InitiativeId,
    (account, at): (AccountId, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_supports (initiative_id, account_id, at)
        VALUES ($1, $2, $3)
        ON CONFLICT (initiative_id, account_id) DO NOTHING";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(account.0)
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    counted(conn, id, if n == 1 { 1 } else { 0 }).await?;
    Ok(n == 1)
}

/// Takes the support of `account` back. Answers whether there was one.
pub(crate) async fn remove(
    conn: &mut Conn,
    id: InitiativeId,
    account: AccountId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        DELETE FROM initiative_supports WHERE initiative_id = $1 AND account_id = $2";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(account.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    counted(conn, id, if n == 1 { -1 } else { 0 }).await?;
    Ok(n == 1)
}

/// Whether `account` supports the initiative.
pub(crate) async fn is_there(
    conn: &mut Conn,
    id: InitiativeId,
    account: AccountId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT COUNT(*) FROM initiative_supports WHERE initiative_id = $1 AND account_id = $2";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(id.0)
        .bind(account.0)
        .fetch_one(c)
        .await)?;
    Ok(n == 1)
}

/// Moves the counter by the row that came or went.
async fn counted(conn: &mut Conn, id: InitiativeId, by: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE initiatives SET n_supports = n_supports + $1 WHERE id = $2";
    if by == 0 {
        return Ok(());
    }
    run!(conn, c => sqlx::query(SQL).bind(by).bind(id.0).execute(c).await.map(drop))
}
