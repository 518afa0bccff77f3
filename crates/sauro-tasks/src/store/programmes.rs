//! Table `programmes`.

use sauro_kernel::{AgencyId, AgencyPath, ProgrammeId, fold, sort_key};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{corrupt, path_of};
use crate::model::Programme;

/// Adds a programme. Fails with [`StoreError::Conflict`] when the code is taken.
pub(crate) async fn insert(
    conn: &mut Conn,
    programme: &Programme,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO programmes (id, code, name, name_fold, name_sort, basis, owner_agency_id, owner_path, is_public,
            opened_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    run!(conn, c => sqlx::query(SQL)
        .bind(programme.id.0)
        .bind(&programme.code)
        .bind(&programme.name)
        .bind(fold(&programme.name))
        .bind(sort_key(&programme.name))
        .bind(&programme.basis)
        .bind(programme.owner.0)
        .bind(programme.owner_path.as_str())
        .bind(programme.is_public)
        .bind(now)
        .bind(programme.version)
        .execute(c)
        .await
        .map(drop))
}

/// Writes name, basis and openness of `programme`, if its version is still `programme.version`.
/// Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, programme: &Programme) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE programmes
        SET name = $1, name_fold = $2, name_sort = $3, basis = $4, is_public = $5, version = version + 1
        WHERE id = $6 AND version = $7";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(&programme.name)
        .bind(fold(&programme.name))
        .bind(sort_key(&programme.name))
        .bind(&programme.basis)
        .bind(programme.is_public)
        .bind(programme.id.0)
        .bind(programme.version)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Writes what `programme` sets for its tasks, if its version is still `programme.version`. Answers
/// whether it was.
pub(crate) async fn update_settings(
    conn: &mut Conn,
    programme: &Programme,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE programmes SET settings = $1, version = version + 1 WHERE id = $2 AND version = $3";
    let settings = serde_json::to_string(&programme.settings)
        .map_err(|err| corrupt("programmes", programme.id.0, err))?;
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(&settings)
        .bind(programme.id.0)
        .bind(programme.version)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Lists the programmes of `owner`, by code, at most `limit`.
///
/// Uses index `programmes_by_owner`.
pub(crate) async fn of_owner(
    conn: &mut Conn,
    owner: AgencyId,
    path: &AgencyPath,
    limit: u16,
) -> Result<Vec<Programme>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, owner_agency_id, owner_path, is_public, settings, version
        FROM programmes
        WHERE owner_path = $1 AND owner_agency_id = $2
        ORDER BY id
        LIMIT $3";
    let rows = run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL)
        .bind(path.as_str())
        .bind(owner.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Programme::try_from).collect()
}

/// Finds one programme.
pub(crate) async fn find(
    conn: &mut Conn,
    id: ProgrammeId,
) -> Result<Option<Programme>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, owner_agency_id, owner_path, is_public, settings, version
        FROM programmes
        WHERE id = $1";
    let row =
        run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Programme::try_from).transpose()
}

/// Finds the programme named `code`.
pub(crate) async fn find_by_code(
    conn: &mut Conn,
    code: &str,
) -> Result<Option<Programme>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, owner_agency_id, owner_path, is_public, settings, version
        FROM programmes
        WHERE code = $1";
    let row =
        run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL).bind(code).fetch_optional(c).await)?;
    row.map(Programme::try_from).transpose()
}

/// Lists the programmes that someone at `place` may know of, who may read all below `scope` or nothing
/// but their own, after the code `after`, by code, at most `limit`.
pub(crate) async fn page(
    conn: &mut Conn,
    scope: Option<&AgencyPath>,
    place: &AgencyPath,
    after: &str,
    limit: u16,
) -> Result<Vec<Programme>, StoreError> {
    const SQL: &str = "
        SELECT id, code, name, basis, owner_agency_id, owner_path, is_public, settings, version
        FROM programmes
        WHERE code > $1
            AND (is_public OR owner_path = $2 OR owner_path = $3 OR (owner_path >= $4 AND owner_path < $5))
        ORDER BY code, id
        LIMIT $6";
    let (from, to) = scope.map(AgencyPath::below).unwrap_or_default();
    let rows = run!(conn, c => sqlx::query_as::<_, ProgrammeRow>(SQL)
        .bind(after)
        .bind(place.as_str())
        .bind(scope.unwrap_or(place).as_str())
        .bind(&from)
        .bind(&to)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Programme::try_from).collect()
}

/// The names of the programmes `ids`.
pub(crate) async fn names_of(
    conn: &mut Conn,
    ids: &[ProgrammeId],
) -> Result<Vec<(ProgrammeId, String)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT id, name FROM programmes WHERE id IN ({places}) ORDER BY id LIMIT {}",
        ids.len()
    );
    let rows: Vec<(Uuid, String)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(id, name)| (ProgrammeId(id), name)).collect())
}

#[derive(sqlx::FromRow)]
struct ProgrammeRow {
    id: Uuid,
    code: String,
    name: String,
    basis: String,
    owner_agency_id: Uuid,
    owner_path: String,
    is_public: bool,
    settings: String,
    version: i64,
}

impl TryFrom<ProgrammeRow> for Programme {
    type Error = StoreError;

    fn try_from(row: ProgrammeRow) -> Result<Self, StoreError> {
        let owner_path: AgencyPath = path_of("programmes", row.id, &row.owner_path)?;
        Ok(Self {
            id: ProgrammeId(row.id),
            code: row.code,
            name: row.name,
            basis: row.basis,
            owner: AgencyId(row.owner_agency_id),
            owner_path,
            is_public: row.is_public,
            settings: serde_json::from_str(&row.settings)
                .map_err(|err| corrupt("programmes", row.id, err))?,
            version: row.version,
        })
    }
}
