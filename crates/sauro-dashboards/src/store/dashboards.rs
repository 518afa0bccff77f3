//! Table `dashboards`.

use sauro_kernel::{AgencyId, AgencyPath, DashboardId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::{Dashboard, MOST_TILES, Openness, Tile};

const TABLE: &str = "dashboards";

/// Adds a dashboard.
pub(crate) async fn insert(conn: &mut Conn, it: &Dashboard) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO dashboards (id, agency_id, path, openness, name, name_sort, tiles, version, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.agency.0)
        .bind(it.path.as_str())
        .bind(it.openness.code())
        .bind(&it.name)
        .bind(sauro_kernel::sort_key(&it.name))
        .bind(written(it)?)
        .bind(it.version)
        .bind(it.changed_at)
        .execute(c)
        .await
        .map(drop))
}

/// Writes name, openness and tiles of `it`, if its version is still `it.version - 1`. Answers whether it
/// was.
pub(crate) async fn update(conn: &mut Conn, it: &Dashboard) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE dashboards
        SET openness = $1, name = $2, name_sort = $3, tiles = $4, version = $5, changed_at = $6
        WHERE id = $7 AND version = $5 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.openness.code())
        .bind(&it.name)
        .bind(sauro_kernel::sort_key(&it.name))
        .bind(written(it)?)
        .bind(it.version)
        .bind(it.changed_at)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Removes the dashboard `id`, if its version is still `version`. Answers whether it was.
pub(crate) async fn remove(
    conn: &mut Conn,
    id: DashboardId,
    version: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM dashboards WHERE id = $1 AND version = $2";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(version)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Finds one dashboard.
pub(crate) async fn find(
    conn: &mut Conn,
    id: DashboardId,
) -> Result<Option<Dashboard>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, path, openness, name, tiles, version, changed_at
        FROM dashboards
        WHERE id = $1";
    let row: Option<DashboardRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Dashboard::try_from).transpose()
}

/// Lists the dashboards that `agency` has made, by name.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Dashboard>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, path, openness, name, tiles, version, changed_at
        FROM dashboards
        WHERE agency_id = $1
        ORDER BY name_sort, id
        LIMIT $2";
    let rows: Vec<DashboardRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(agency.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Dashboard::try_from).collect()
}

/// Lists the dashboards that agencies which oversee `path` show to those below them, by name.
pub(crate) async fn shown_below(
    conn: &mut Conn,
    path: &str,
    limit: u16,
) -> Result<Vec<Dashboard>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, path, openness, name, tiles, version, changed_at
        FROM dashboards
        WHERE path = $1 AND openness <> 'own'
        ORDER BY name_sort, id
        LIMIT $2";
    let rows: Vec<DashboardRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(path)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Dashboard::try_from).collect()
}

/// Lists the dashboards that everybody may see, by name.
pub(crate) async fn public(conn: &mut Conn, limit: u16) -> Result<Vec<Dashboard>, StoreError> {
    const SQL: &str = "
        SELECT id, agency_id, path, openness, name, tiles, version, changed_at
        FROM dashboards
        WHERE openness = 'public'
        ORDER BY name_sort, id
        LIMIT $1";
    let rows: Vec<DashboardRow> =
        run!(conn, c => sqlx::query_as(SQL).bind(i64::from(limit)).fetch_all(c).await)?;
    rows.into_iter().map(Dashboard::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct DashboardRow {
    id: Uuid,
    agency_id: Uuid,
    path: String,
    openness: String,
    name: String,
    tiles: String,
    version: i64,
    changed_at: i64,
}

impl TryFrom<DashboardRow> for Dashboard {
    type Error = StoreError;

    fn try_from(row: DashboardRow) -> Result<Self, StoreError> {
        let corrupt = |reason: String| corrupt(row.id, reason);
        let tiles: Vec<Tile> =
            serde_json::from_str(&row.tiles).map_err(|err| corrupt(err.to_string()))?;
        if tiles.len() > MOST_TILES || !tiles.iter().all(Tile::is_sound) {
            return Err(corrupt("a tile that cannot be".to_owned()));
        }
        Ok(Self {
            id: DashboardId(row.id),
            agency: AgencyId(row.agency_id),
            path: AgencyPath::parse(&row.path).map_err(|err| corrupt(err.to_string()))?,
            openness: Openness::of_code(&row.openness)
                .ok_or_else(|| corrupt("no such openness".to_owned()))?,
            name: row.name,
            tiles,
            version: row.version,
            changed_at: row.changed_at,
        })
    }
}

fn written(it: &Dashboard) -> Result<String, StoreError> {
    serde_json::to_string(&it.tiles).map_err(|err| corrupt(it.id.0, err.to_string()))
}

fn corrupt(row: Uuid, reason: String) -> StoreError {
    StoreError::Corrupt { table: TABLE, row: row.to_string(), reason }
}
