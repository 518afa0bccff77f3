//! Table `portal_items`: lists. Each walks the index of its own question.

use sauro_kernel::{AgencyId, PortalItemId, TopicId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::items::{COLUMNS, ItemRow};
use crate::model::{Item, Shelf};

/// Where a list goes on: after the item that was public since then, in microseconds.
pub(crate) type Place = (i64, PortalItemId);

/// Before everything.
pub(crate) const START: Place = (i64::MAX, PortalItemId(Uuid::max()));

/// What everybody finds on `shelf`, the newest first.
pub(crate) async fn listed(
    conn: &mut Conn,
    shelf: Shelf,
    (at, id): Place,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(listed_sql()))
        .bind(shelf.code())
        .bind(true)
        .bind(at)
        .bind(id.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    items(rows)
}

pub(super) fn listed_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM portal_items i
        WHERE i.shelf = $1 AND i.is_listed = $2 AND (i.published_at, i.id) < ($3, $4)
        ORDER BY i.published_at DESC, i.id DESC
        LIMIT $5"
    )
}

/// What everybody finds under a topic, the newest first.
pub(crate) async fn of_topic(
    conn: &mut Conn,
    topic: TopicId,
    place: Place,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    after(conn, of_topic_sql(), topic.0, place, limit).await
}

pub(super) fn of_topic_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM portal_item_topics t JOIN portal_items i ON i.id = t.item_id
        WHERE t.topic_id = $1 AND (t.published_at, t.item_id) < ($2, $3)
        ORDER BY t.published_at DESC, t.item_id DESC
        LIMIT $4"
    )
}

/// What `sql` says of `of`, after `place`.
async fn after(
    conn: &mut Conn,
    sql: String,
    of: Uuid,
    (at, id): Place,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(of)
        .bind(at)
        .bind(id.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    items(rows)
}

/// Everything that is listed, for the site map, after `after`: the oldest first.
pub(crate) async fn all_after(
    conn: &mut Conn,
    after: PortalItemId,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(all_after_sql()))
        .bind(true)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    items(rows)
}

pub(super) fn all_after_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM portal_items i
        WHERE i.is_listed = $1 AND i.id > $2 ORDER BY i.id LIMIT $3"
    )
}

/// The `n`-th listed item after `after`, if there is another one behind it: where a part of the site map ends and the
/// next one begins.
pub(crate) async fn turn_after(
    conn: &mut Conn,
    after: PortalItemId,
    n: u16,
) -> Result<Option<PortalItemId>, StoreError> {
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(TURN_SQL)
        .bind(true)
        .bind(after.0)
        .bind(i64::from(n.saturating_sub(1)))
        .fetch_all(c)
        .await)?;
    Ok(ids.first().filter(|_| ids.len() == 2).map(|it| PortalItemId(*it)))
}

pub(super) const TURN_SQL: &str = "
    SELECT id FROM portal_items
    WHERE is_listed = $1 AND id > $2 ORDER BY id LIMIT 2 OFFSET $3";

/// The items of an agency, touched last first.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    place: Place,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM portal_items i
        WHERE i.agency_id = $1 AND (i.touched_at, i.id) < ($2, $3)
        ORDER BY i.touched_at DESC, i.id DESC
        LIMIT $4"
    );
    after(conn, sql, agency.0, place, limit).await
}

/// What is to go out at `now` or should have, the longest waiting first.
pub(crate) async fn due(
    conn: &mut Conn,
    now: i64,
    limit: u16,
) -> Result<Vec<PortalItemId>, StoreError> {
    const SQL: &str = "
        SELECT id FROM portal_items
        WHERE publish_at IS NOT NULL AND publish_at <= $1
        ORDER BY publish_at, id
        LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PortalItemId).collect())
}

pub(super) fn items(rows: Vec<ItemRow>) -> Result<Vec<Item>, StoreError> {
    rows.into_iter().map(Item::try_from).collect()
}
