//! Table `portal_items`: the same in several languages.

use sauro_kernel::{AgencyId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use super::items::{COLUMNS, ItemRow};
use super::lists::items;
use crate::model::Item;

/// The original `id` and whatever says the same in another language, withdrawn ones aside.
pub(crate) async fn family(conn: &mut Conn, id: PortalItemId) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM portal_items i WHERE i.id = $1
        UNION ALL
        SELECT {COLUMNS} FROM portal_items i WHERE i.original_id = $1 AND i.state <> 'withdrawn'
        LIMIT 20"
    );
    let rows: Vec<ItemRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_all(c).await)?;
    let mut found = items(rows)?;
    found.sort_by_key(|it| it.tongue);
    Ok(found)
}

/// Listed translations of `originals`.
pub(crate) async fn listed_of(
    conn: &mut Conn,
    originals: &[PortalItemId],
) -> Result<Vec<Item>, StoreError> {
    let mut found = Vec::new();
    for some in originals.chunks(400).filter(|it| !it.is_empty()) {
        let sql = listed_of_sql(some.len());
        let rows: Vec<ItemRow> = run!(conn, c => {
            let query = sqlx::query_as(AssertSqlSafe(sql));
            some.iter().fold(query, |query, it| query.bind(it.0)).fetch_all(c).await
        })?;
        found.extend(items(rows)?.into_iter().filter(|it| it.state.is_listed()));
    }
    Ok(found)
}

/// Translations of `n` originals, withdrawn ones aside, as the index of translations has them. Whether they are listed is
/// not asked: SQLite would walk everything that is listed to find out.
pub(super) fn listed_of_sql(n: usize) -> String {
    let places: Vec<String> = (1..=n).map(|n| format!("${n}")).collect();
    format!(
        "SELECT {COLUMNS} FROM portal_items i
        WHERE i.original_id IN ({}) AND i.original_id IS NOT NULL AND i.state <> 'withdrawn'
        ORDER BY i.original_id, i.tongue",
        places.join(", ")
    )
}

/// Listed originals of an agency that no language says again, touched last first.
pub(crate) async fn without(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM portal_items i
        WHERE i.agency_id = $1 AND i.is_listed = $2 AND i.original_id IS NULL AND i.tongue = 'vi'
            AND NOT EXISTS (
                SELECT 1 FROM portal_items t WHERE t.original_id = i.id AND t.state <> 'withdrawn')
        ORDER BY i.touched_at DESC, i.id DESC
        LIMIT $3"
    );
    of(conn, sql, agency, limit).await
}

/// Listed translations of an agency whose original was written anew since, touched last first.
pub(crate) async fn outdated(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM portal_items i
        JOIN portal_items o ON o.id = i.original_id
        JOIN portal_versions own ON own.item_id = i.id AND own.n = i.live_n
        JOIN portal_versions first ON first.item_id = o.id AND first.n = o.live_n
        WHERE i.agency_id = $1 AND i.is_listed = $2 AND i.original_id IS NOT NULL AND first.at > own.at
        ORDER BY i.touched_at DESC, i.id DESC
        LIMIT $3"
    );
    of(conn, sql, agency, limit).await
}

async fn of(
    conn: &mut Conn,
    sql: String,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(true)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    items(rows)
}
