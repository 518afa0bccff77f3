//! Table `portal_holders`: who has an item open to write.

use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Holder;

/// Says that `it` has the item open. Answers false when somebody else has it, heard of since `alive`.
pub(crate) async fn claim(
    conn: &mut Conn,
    item: PortalItemId,
    (it, alive): (&Holder, i64),
) -> Result<bool, StoreError> {
    // Whoever goes on keeps the moment at which they began; after a break it is another one.
    const SQL: &str = "
        INSERT INTO portal_holders (item_id, account_id, author, since, seen_at)
        VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (item_id) DO UPDATE
        SET since = CASE WHEN portal_holders.account_id = excluded.account_id AND portal_holders.seen_at >= $5
                THEN portal_holders.since ELSE excluded.since END,
            account_id = excluded.account_id, author = excluded.author, seen_at = excluded.seen_at
        WHERE portal_holders.account_id = excluded.account_id OR portal_holders.seen_at < $5";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(item.0)
        .bind(it.account.0)
        .bind(&it.author)
        .bind(it.seen_at)
        .bind(alive)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Whoever had the item open last.
pub(crate) async fn find(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Option<Holder>, StoreError> {
    const SQL: &str = "
        SELECT account_id, author, since, seen_at FROM portal_holders WHERE item_id = $1";
    let row: Option<(Uuid, String, i64, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).fetch_optional(c).await)?;
    Ok(row.map(|(account, author, since, seen_at)| Holder {
        account: sauro_kernel::AccountId(account),
        author,
        since,
        seen_at,
    }))
}

/// Nobody has the item open any longer.
pub(crate) async fn release(conn: &mut Conn, item: PortalItemId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM portal_holders WHERE item_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(item.0).execute(c).await.map(drop))
}
