//! Tables `report_forms` and `report_form_versions`.

use sauro_kernel::{AccountId, AgencyId, AgencyPath, FormId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{levels, levels_text};
use crate::model::PeriodKind;
use crate::model::periodic::{Design, Form};
use crate::store::corrupt;

const TABLE: &str = "report_forms";

/// Forms listed at most.
const MOST: i64 = 500;

const SELECT: &str = "
    SELECT f.id, f.code, f.owner_agency_id, f.owner_path, f.owner_scope, f.extends_id, f.is_retired, v.version,
        v.name, v.rhythm, v.levels, v.schedule, v.items
    FROM report_forms f";

/// Adds a form with its first design.
pub(crate) async fn insert(
    conn: &mut Conn,
    it: &Form,
    by: AccountId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO report_forms (id, code, owner_agency_id, owner_path, owner_scope, extends_id, version, is_retired)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(&it.code)
        .bind(it.owner.0)
        .bind(it.owner_path.as_str())
        .bind(it.owner_scope.as_str())
        .bind(it.extends.map(|it| it.0))
        .bind(it.version)
        .bind(it.is_retired)
        .execute(c)
        .await
        .map(drop))?;
    insert_version(conn, it, by, now).await
}

/// Writes the design of `it` as its newest version, if the one before is still `it.version - 1`. Answers
/// whether it was.
pub(crate) async fn redesign(
    conn: &mut Conn,
    it: &Form,
    by: AccountId,
    now: i64,
) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE report_forms SET version = $1, is_retired = $2 WHERE id = $3 AND version = $1 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.version)
        .bind(it.is_retired)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if n == 1 {
        insert_version(conn, it, by, now).await?;
    }
    Ok(n == 1)
}

async fn insert_version(
    conn: &mut Conn,
    it: &Form,
    by: AccountId,
    now: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO report_form_versions (form_id, version, name, rhythm, levels, schedule, items, by_account, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let json = |err: serde_json::Error| corrupt(TABLE, it.id.0, err);
    let schedule = serde_json::to_string(&it.design.schedule).map_err(json)?;
    let items = serde_json::to_string(&it.design.items).map_err(json)?;
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.version)
        .bind(&it.design.name)
        .bind(it.design.rhythm.code())
        .bind(levels_text(&it.design.levels))
        .bind(schedule)
        .bind(items)
        .bind(by.0)
        .bind(now)
        .execute(c)
        .await
        .map(drop))
}

/// Finds the form named `code`.
pub(crate) async fn find_by_code(conn: &mut Conn, code: &str) -> Result<Option<Form>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN report_form_versions v ON v.form_id = f.id AND v.version = f.version WHERE f.code = $1"
    );
    let row = run!(conn, c => sqlx::query_as::<_, FormRow>(AssertSqlSafe(sql))
        .bind(code)
        .fetch_optional(c)
        .await)?;
    row.map(Form::try_from).transpose()
}

/// Finds a form with its newest design.
pub(crate) async fn find(conn: &mut Conn, id: FormId) -> Result<Option<Form>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN report_form_versions v ON v.form_id = f.id AND v.version = f.version WHERE f.id = $1"
    );
    let row = run!(conn, c => sqlx::query_as::<_, FormRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Form::try_from).transpose()
}

/// Finds a form as it was designed in `version`.
pub(crate) async fn find_version(
    conn: &mut Conn,
    id: FormId,
    version: i64,
) -> Result<Option<Form>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN report_form_versions v ON v.form_id = f.id AND v.version = $2 WHERE f.id = $1"
    );
    let row = run!(conn, c => sqlx::query_as::<_, FormRow>(AssertSqlSafe(sql))
        .bind(id.0)
        .bind(version)
        .fetch_optional(c)
        .await)?;
    row.map(Form::try_from).transpose()
}

/// Lists the forms that are not retired, by code.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Form>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN report_form_versions v ON v.form_id = f.id AND v.version = f.version
        WHERE f.is_retired = $1
        ORDER BY f.code
        LIMIT $2"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, FormRow>(AssertSqlSafe(sql))
        .bind(false)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Form::try_from).collect()
}

/// Lists what has been added to the form `root`.
pub(crate) async fn extensions_of(conn: &mut Conn, root: FormId) -> Result<Vec<Form>, StoreError> {
    let sql = format!(
        "{SELECT} JOIN report_form_versions v ON v.form_id = f.id AND v.version = f.version
        WHERE f.extends_id = $1 AND f.is_retired = $2
        ORDER BY f.owner_agency_id
        LIMIT $3"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, FormRow>(AssertSqlSafe(sql))
        .bind(root.0)
        .bind(false)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Form::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct FormRow {
    id: Uuid,
    code: String,
    owner_agency_id: Uuid,
    owner_path: String,
    owner_scope: String,
    extends_id: Option<Uuid>,
    is_retired: bool,
    version: i64,
    name: String,
    rhythm: String,
    levels: String,
    schedule: String,
    items: String,
}

impl TryFrom<FormRow> for Form {
    type Error = StoreError;

    fn try_from(row: FormRow) -> Result<Self, StoreError> {
        let id = row.id;
        let path = |text: &str| AgencyPath::parse(text).map_err(|err| corrupt(TABLE, id, err));
        let json = |err: serde_json::Error| corrupt(TABLE, id, err);
        Ok(Self {
            id: FormId(id),
            code: row.code,
            owner: AgencyId(row.owner_agency_id),
            owner_path: path(&row.owner_path)?,
            owner_scope: path(&row.owner_scope)?,
            extends: row.extends_id.map(FormId),
            is_retired: row.is_retired,
            version: row.version,
            design: Design {
                name: row.name,
                rhythm: PeriodKind::of_code(&row.rhythm)
                    .ok_or_else(|| corrupt(TABLE, id, "no such rhythm"))?,
                levels: levels(TABLE, id, &row.levels)?,
                schedule: serde_json::from_str(&row.schedule).map_err(json)?,
                items: serde_json::from_str(&row.items).map_err(json)?,
            },
        })
    }
}
