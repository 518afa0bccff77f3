//! Table `portal_sections`.

use sauro_kernel::{AgencyId, AgencyPath, Role, SectionId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Section, SectionRoles};

const COLUMNS: &str =
    "id, code, name, agency_id, agency_path, writers, editors, approvers, vetters, must_settle";

/// Adds a section. Answers false when its code is another's.
pub(crate) async fn insert(conn: &mut Conn, it: &Section) -> Result<bool, StoreError> {
    let sql = format!(
        "INSERT INTO portal_sections ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (code) DO NOTHING"
    );
    let n = run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.id.0)
        .bind(&it.code)
        .bind(&it.name)
        .bind(it.agency.0)
        .bind(it.agency_path.as_str())
        .bind(codes(&it.roles.writers))
        .bind(codes(&it.roles.editors))
        .bind(codes(&it.roles.approvers))
        .bind(codes(&it.roles.vetters))
        .bind(it.must_settle)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Whether there is any section.
pub(crate) async fn is_any(conn: &mut Conn) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT EXISTS (SELECT 1 FROM portal_sections)";
    run!(conn, c => sqlx::query_scalar::<_, bool>(SQL).fetch_one(c).await)
}

/// Writes the name and the roles of a section.
pub(crate) async fn update(conn: &mut Conn, it: &Section) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE portal_sections
        SET name = $1, writers = $2, editors = $3, approvers = $4, vetters = $5, must_settle = $6
        WHERE id = $7";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.name)
        .bind(codes(&it.roles.writers))
        .bind(codes(&it.roles.editors))
        .bind(codes(&it.roles.approvers))
        .bind(codes(&it.roles.vetters))
        .bind(it.must_settle)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(drop))
}

/// Finds one section.
pub(crate) async fn find(conn: &mut Conn, id: SectionId) -> Result<Option<Section>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM portal_sections WHERE id = $1");
    let row: Option<SectionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Section::try_from).transpose()
}

/// The sections of an agency, the oldest first.
pub(crate) async fn of_agency(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<Section>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM portal_sections WHERE agency_id = $1 ORDER BY id LIMIT 100");
    let rows: Vec<SectionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(agency.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Section::try_from).collect()
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|it| it.code()).collect::<Vec<_>>().join(" ")
}

fn roles(row: Uuid, codes: &str) -> Result<Vec<Role>, StoreError> {
    let role = |it: &str| {
        Role::of_code(it).ok_or_else(|| corrupt("portal_sections", row, format!("no role {it}")))
    };
    codes.split_whitespace().map(role).collect()
}

#[derive(sqlx::FromRow)]
struct SectionRow {
    id: Uuid,
    code: String,
    name: String,
    agency_id: Uuid,
    agency_path: String,
    writers: String,
    editors: String,
    approvers: String,
    vetters: String,
    must_settle: bool,
}

impl TryFrom<SectionRow> for Section {
    type Error = StoreError;

    fn try_from(row: SectionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SectionId(row.id),
            agency: AgencyId(row.agency_id),
            agency_path: AgencyPath::parse(&row.agency_path)
                .map_err(|err| corrupt("portal_sections", row.id, err))?,
            roles: SectionRoles {
                writers: roles(row.id, &row.writers)?,
                editors: roles(row.id, &row.editors)?,
                approvers: roles(row.id, &row.approvers)?,
                vetters: roles(row.id, &row.vetters)?,
            },
            must_settle: row.must_settle,
            code: row.code,
            name: row.name,
        })
    }
}
