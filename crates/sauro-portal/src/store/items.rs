//! Table `portal_items`: single rows.

use sauro_kernel::{AgencyId, AgencyPath, PortalItemId, SectionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Item, Kind, State, Tongue};

pub(super) const COLUMNS: &str = "
    i.id, i.kind, i.section_id, i.agency_id, i.agency_path, i.state, i.slug, i.title, i.version_n, i.live_n,
    i.live_title, i.live_summary, i.publish_at, i.published_at, i.changed_at, i.touched_at, i.note, i.reason, i.stamp,
    i.tongue, i.original_id";

/// Adds an item that is not public.
pub(crate) async fn insert(conn: &mut Conn, it: &Item) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_items (
            id, kind, shelf, section_id, agency_id, agency_path, state, slug, title, version_n, live_n, live_title,
            live_summary, is_listed, publish_at, published_at, changed_at, touched_at, note, reason, stamp, tongue,
            original_id)
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, '', '', $11, NULL, NULL, $12, $12, '', '', $13, $14, $15)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.kind.code())
        .bind(it.shelf_code())
        .bind(it.section.0)
        .bind(it.agency.0)
        .bind(it.agency_path.as_str())
        .bind(it.state.code())
        .bind(&it.slug)
        .bind(&it.title)
        .bind(it.version_n)
        .bind(it.state.is_listed())
        .bind(it.touched_at)
        .bind(it.stamp)
        .bind(it.tongue.code())
        .bind(it.original.map(|it| it.0))
        .execute(c)
        .await
        .map(drop))
}

/// Writes everything that changes of `it`, if its stamp is still `it.stamp - 1`. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Item) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE portal_items
        SET section_id = $1, agency_id = $2, agency_path = $3, state = $4, slug = $5, title = $6, version_n = $7,
            live_n = $8, live_title = $9, live_summary = $10, is_listed = $11, publish_at = $12, published_at = $13,
            changed_at = $14, touched_at = $15, note = $16, reason = $17, stamp = $18
        WHERE id = $19 AND stamp = $18 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.section.0)
        .bind(it.agency.0)
        .bind(it.agency_path.as_str())
        .bind(it.state.code())
        .bind(&it.slug)
        .bind(&it.title)
        .bind(it.version_n)
        .bind(it.live_n)
        .bind(&it.live_title)
        .bind(&it.live_summary)
        .bind(it.state.is_listed())
        .bind(it.publish_at)
        .bind(it.published_at)
        .bind(it.changed_at)
        .bind(it.touched_at)
        .bind(&it.note)
        .bind(&it.reason)
        .bind(it.stamp)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one item.
pub(crate) async fn find(conn: &mut Conn, id: PortalItemId) -> Result<Option<Item>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM portal_items i WHERE i.id = $1");
    let row: Option<ItemRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
    row.map(Item::try_from).transpose()
}

/// Finds one item that is about to be changed: on PostgreSQL others who would change it wait for the end of this
/// transaction, on SQLite they wait anyway.
pub(crate) async fn take(conn: &mut Conn, id: PortalItemId) -> Result<Option<Item>, StoreError> {
    let lock = match conn.dialect() {
        sauro_store::Dialect::Sqlite => "",
        sauro_store::Dialect::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM portal_items i WHERE i.id = $1{lock}");
    let row: Option<ItemRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
    row.map(Item::try_from).transpose()
}

#[derive(sqlx::FromRow)]
pub(super) struct ItemRow {
    id: Uuid,
    kind: String,
    section_id: Uuid,
    agency_id: Uuid,
    agency_path: String,
    state: String,
    slug: String,
    title: String,
    version_n: i64,
    live_n: Option<i64>,
    live_title: String,
    live_summary: String,
    publish_at: Option<i64>,
    published_at: Option<i64>,
    changed_at: i64,
    touched_at: i64,
    note: String,
    reason: String,
    stamp: i64,
    tongue: String,
    original_id: Option<Uuid>,
}

impl TryFrom<ItemRow> for Item {
    type Error = StoreError;

    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        let bad = |reason: &str| corrupt("portal_items", row.id, reason);
        Ok(Self {
            id: PortalItemId(row.id),
            kind: Kind::of_code(&row.kind).ok_or_else(|| bad("no such kind"))?,
            tongue: Tongue::of_code(&row.tongue).ok_or_else(|| bad("no such language"))?,
            original: row.original_id.map(PortalItemId),
            section: SectionId(row.section_id),
            agency: AgencyId(row.agency_id),
            agency_path: AgencyPath::parse(&row.agency_path)
                .map_err(|err| corrupt("portal_items", row.id, err))?,
            state: State::of_code(&row.state).ok_or_else(|| bad("no such state"))?,
            slug: row.slug,
            title: row.title,
            version_n: row.version_n,
            live_n: row.live_n,
            live_title: row.live_title,
            live_summary: row.live_summary,
            publish_at: row.publish_at,
            published_at: row.published_at,
            changed_at: row.changed_at,
            touched_at: row.touched_at,
            note: row.note,
            reason: row.reason,
            stamp: row.stamp,
        })
    }
}
