//! Table `portal_versions`.

use sauro_kernel::{AccountId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{corrupt, json};
use crate::model::{Content, Version};

/// Adds a version.
pub(crate) async fn insert(
    conn: &mut Conn,
    item: PortalItemId,
    it: &Version,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_versions (item_id, n, content, account_id, author, at, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    run!(conn, c => sqlx::query(SQL)
        .bind(item.0)
        .bind(it.n)
        .bind(json(&it.content))
        .bind(it.account.0)
        .bind(&it.author)
        .bind(it.at)
        .bind(&it.note)
        .execute(c)
        .await
        .map(drop))
}

/// The version `n`.
pub(crate) async fn find(
    conn: &mut Conn,
    item: PortalItemId,
    n: i64,
) -> Result<Option<Version>, StoreError> {
    const SQL: &str = "
        SELECT n, content, account_id, author, at, note FROM portal_versions WHERE item_id = $1 AND n = $2";
    let row: Option<VersionRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).bind(n).fetch_optional(c).await)?;
    row.map(|it| it.read(item)).transpose()
}

/// The versions before `before`, the newest first.
pub(crate) async fn before(
    conn: &mut Conn,
    item: PortalItemId,
    (before, limit): (i64, u16),
) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "
        SELECT n, content, account_id, author, at, note FROM portal_versions
        WHERE item_id = $1 AND n < $2 ORDER BY n DESC LIMIT $3";
    let rows: Vec<VersionRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(item.0)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(|it| it.read(item)).collect()
}

/// Whether `account` wrote a version after `n`.
pub(crate) async fn wrote_after(
    conn: &mut Conn,
    item: PortalItemId,
    (account, n): (AccountId, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT n FROM portal_versions WHERE item_id = $1 AND n > $2 AND account_id = $3 ORDER BY n LIMIT 1";
    let row: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(item.0)
        .bind(n)
        .bind(account.0)
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    n: i64,
    content: String,
    account_id: Uuid,
    author: String,
    at: i64,
    note: String,
}

impl VersionRow {
    fn read(self, item: PortalItemId) -> Result<Version, StoreError> {
        Ok(Version {
            n: self.n,
            content: serde_json::from_str::<Content>(&self.content)
                .map_err(|err| corrupt("portal_versions", item.0, err))?
                .marked(),
            account: AccountId(self.account_id),
            author: self.author,
            at: self.at,
            note: self.note,
        })
    }
}
