//! Table `agencies`, as far as seats need it.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// An agency that may have seats.
#[derive(Debug, Clone)]
pub(crate) struct Agency {
    pub(crate) id: AgencyId,
    pub(crate) name: String,
    pub(crate) path: AgencyPath,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    path: String,
}

/// The agency with the official `code`, when it exists on `day` and is no collective.
pub(crate) async fn find_by_code(
    conn: &mut Conn,
    code: &str,
    day: NaiveDate,
) -> Result<Option<Agency>, StoreError> {
    const SQL: &str = "
        SELECT id, name, path
        FROM agencies
        WHERE code = $1 AND NOT is_group AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)";
    let row = run!(conn, c => sqlx::query_as::<_, Row>(SQL)
        .bind(code)
        .bind(day)
        .fetch_optional(c)
        .await)?;
    row.map(agency).transpose()
}

fn agency(row: Row) -> Result<Agency, StoreError> {
    Ok(Agency { id: AgencyId(row.id), path: path("agencies", row.id, &row.path)?, name: row.name })
}

/// A stored path, read again through the model's gate.
pub(crate) fn path(table: &'static str, row: Uuid, text: &str) -> Result<AgencyPath, StoreError> {
    AgencyPath::parse(text).map_err(|err| StoreError::Corrupt {
        table,
        row: row.to_string(),
        reason: err.to_string(),
    })
}
