//! Table `saved_views`.

use sauro_kernel::{AccountId, AgencyId, SavedViewId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::SavedView;

/// Adds a view.
pub(crate) async fn insert(conn: &mut Conn, it: &SavedView, now_us: i64) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO saved_views (id, account_id, agency_id, is_shared, name, query, ordinal, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.account.0)
        .bind(it.agency.0)
        .bind(it.is_shared)
        .bind(&it.name)
        .bind(&it.query)
        .bind(it.ordinal)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// Writes name, sharing and order of a view.
pub(crate) async fn update(conn: &mut Conn, it: &SavedView) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE saved_views SET name = $2, is_shared = $3, ordinal = $4 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(&it.name)
        .bind(it.is_shared)
        .bind(it.ordinal)
        .execute(c)
        .await
        .map(drop))
}

/// Removes a view.
pub(crate) async fn remove(conn: &mut Conn, id: SavedViewId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM saved_views WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Finds one view.
pub(crate) async fn find(
    conn: &mut Conn,
    id: SavedViewId,
) -> Result<Option<SavedView>, StoreError> {
    const SQL: &str = "
        SELECT id, account_id, agency_id, is_shared, name, query, ordinal
        FROM saved_views
        WHERE id = $1";
    let row: Option<ViewRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(row.map(SavedView::from))
}

/// Lists the views that `account` keeps, in the person's order.
///
/// Uses index `saved_views_of_account`.
pub(crate) async fn of_account(
    conn: &mut Conn,
    account: AccountId,
    limit: u16,
) -> Result<Vec<SavedView>, StoreError> {
    const SQL: &str = "
        SELECT id, account_id, agency_id, is_shared, name, query, ordinal
        FROM saved_views
        WHERE account_id = $1
        ORDER BY ordinal, id
        LIMIT $2";
    let rows: Vec<ViewRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(account.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(SavedView::from).collect())
}

/// Lists the views that others share with `agency`, by name.
///
/// Uses index `saved_views_of_agency`.
pub(crate) async fn shared_with(
    conn: &mut Conn,
    agency: AgencyId,
    but: AccountId,
    limit: u16,
) -> Result<Vec<SavedView>, StoreError> {
    const SQL: &str = "
        SELECT id, account_id, agency_id, is_shared, name, query, ordinal
        FROM saved_views
        WHERE agency_id = $1 AND is_shared = $2 AND account_id <> $3
        ORDER BY name, id
        LIMIT $4";
    let rows: Vec<ViewRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(agency.0)
        .bind(true)
        .bind(but.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(SavedView::from).collect())
}

#[derive(sqlx::FromRow)]
struct ViewRow {
    id: Uuid,
    account_id: Uuid,
    agency_id: Uuid,
    is_shared: bool,
    name: String,
    query: String,
    ordinal: i64,
}

impl From<ViewRow> for SavedView {
    fn from(row: ViewRow) -> Self {
        Self {
            id: SavedViewId(row.id),
            account: AccountId(row.account_id),
            agency: AgencyId(row.agency_id),
            is_shared: row.is_shared,
            name: row.name,
            query: row.query,
            ordinal: row.ordinal,
        }
    }
}
