//! Table `portal_drafts`.

use sauro_kernel::{AccountId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{corrupt, json};
use crate::model::Fields;

/// What somebody is writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who.
    pub account: AccountId,
    /// How the seat is called.
    pub author: String,
    /// The version it was begun from.
    pub base_n: i64,
    /// The words.
    pub fields: Fields,
    /// When it was kept last, in microseconds.
    pub at: i64,
}

/// Keeps a draft in place of the one before.
pub(crate) async fn keep(
    conn: &mut Conn,
    item: PortalItemId,
    it: &Draft,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_drafts (item_id, account_id, author, base_n, fields, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (item_id, account_id) DO UPDATE
        SET author = excluded.author, base_n = excluded.base_n, fields = excluded.fields, at = excluded.at";
    run!(conn, c => sqlx::query(SQL)
        .bind(item.0)
        .bind(it.account.0)
        .bind(&it.author)
        .bind(it.base_n)
        .bind(json(&it.fields))
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Drops the draft of `account`.
pub(crate) async fn drop_of(
    conn: &mut Conn,
    item: PortalItemId,
    account: AccountId,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM portal_drafts WHERE item_id = $1 AND account_id = $2";
    run!(conn, c => sqlx::query(SQL).bind(item.0).bind(account.0).execute(c).await.map(drop))
}

/// Everybody's drafts of an item.
pub(crate) async fn of_item(conn: &mut Conn, item: PortalItemId) -> Result<Vec<Draft>, StoreError> {
    const SQL: &str = "
        SELECT account_id, author, base_n, fields, at FROM portal_drafts
        WHERE item_id = $1 ORDER BY account_id LIMIT 50";
    let rows: Vec<(Uuid, String, i64, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).fetch_all(c).await)?;
    let read = |(account, author, base_n, fields, at): (Uuid, String, i64, String, i64)| {
        let fields =
            serde_json::from_str(&fields).map_err(|err| corrupt("portal_drafts", item.0, err))?;
        Ok(Draft { account: AccountId(account), author, base_n, fields, at })
    };
    rows.into_iter().map(read).collect()
}
