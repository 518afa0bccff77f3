//! Table `portal_legal_opinions`.

use sauro_kernel::{AccountId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::LegalOpinion;

type LegalRow = (i64, bool, String, String, i64);

/// Adds an opinion.
pub(crate) async fn insert(
    conn: &mut Conn,
    (id, item, account): (Uuid, PortalItemId, AccountId),
    it: &LegalOpinion,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_legal_opinions (id, item_id, n, agrees, body, account_id, author, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(id)
        .bind(item.0)
        .bind(it.n)
        .bind(it.agrees)
        .bind(&it.body)
        .bind(account.0)
        .bind(&it.author)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// The opinions on versions after `n`, the newest first.
pub(crate) async fn after(
    conn: &mut Conn,
    item: PortalItemId,
    n: i64,
) -> Result<Vec<LegalOpinion>, StoreError> {
    const SQL: &str = "
        SELECT n, agrees, body, author, at FROM portal_legal_opinions
        WHERE item_id = $1 AND n > $2 ORDER BY n DESC, id DESC LIMIT 50";
    let rows: Vec<LegalRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).bind(n).fetch_all(c).await)?;
    let read =
        |(n, agrees, body, author, at): LegalRow| LegalOpinion { n, agrees, body, author, at };
    Ok(rows.into_iter().map(read).collect())
}

/// Whether the last opinion on the version `n` finds nothing against it.
pub(crate) async fn agrees_to(
    conn: &mut Conn,
    item: PortalItemId,
    n: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT agrees FROM portal_legal_opinions WHERE item_id = $1 AND n = $2 ORDER BY id DESC LIMIT 1";
    let last: Option<bool> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(item.0).bind(n).fetch_optional(c).await)?;
    Ok(last == Some(true))
}

/// Whether `account` gave an opinion on a version after `n`.
pub(crate) async fn given_after(
    conn: &mut Conn,
    item: PortalItemId,
    (account, n): (AccountId, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT n FROM portal_legal_opinions
        WHERE item_id = $1 AND n > $2 AND account_id = $3 ORDER BY n, id LIMIT 1";
    let row: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(item.0)
        .bind(n)
        .bind(account.0)
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}
