//! Tables `initiative_certificates` and `certificate_numbers`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, InitiativeId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::Certificate;

const COLUMNS: &str = "
    initiative_id, number, check_code, agency_id, issued_on, issued_at, sealed, signature, withdrawn_at, reason";

/// The next number of `agency` in `year`.
pub(crate) async fn next_number(
    conn: &mut Conn,
    agency: AgencyId,
    year: i32,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO certificate_numbers (agency_id, year, last_n)
        VALUES ($1, $2, 1)
        ON CONFLICT (agency_id, year) DO UPDATE SET last_n = certificate_numbers.last_n + 1
        RETURNING last_n";
    run!(conn, c => sqlx::query_scalar(SQL)
        .bind(agency.0)
        .bind(i64::from(year))
        .fetch_one(c)
        .await)
}

/// Adds a certificate. Fails with [`StoreError::Conflict`] when one holds already.
pub(crate) async fn insert(conn: &mut Conn, it: &Certificate) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO initiative_certificates ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '')"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(it.initiative.0)
        .bind(&it.number)
        .bind(&it.check)
        .bind(it.agency.0)
        .bind(it.issued_on)
        .bind(it.issued_at)
        .bind(&it.sealed)
        .bind(&it.signature)
        .execute(c)
        .await
        .map(drop))
}

/// Writes that the certificate that holds was withdrawn. Answers whether there was one.
pub(crate) async fn withdraw(
    conn: &mut Conn,
    id: InitiativeId,
    (at, reason): (i64, &str),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE initiative_certificates
        SET withdrawn_at = $1, reason = $2
        WHERE initiative_id = $3 AND withdrawn_at IS NULL";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(at)
        .bind(reason)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// The certificates of an initiative, newest first.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Vec<Certificate>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM initiative_certificates
        WHERE initiative_id = $1 ORDER BY issued_at DESC LIMIT 20"
    );
    let rows: Vec<CertificateRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(Certificate::from).collect())
}

#[derive(sqlx::FromRow)]
struct CertificateRow {
    initiative_id: Uuid,
    number: String,
    check_code: String,
    agency_id: Uuid,
    issued_on: NaiveDate,
    issued_at: i64,
    sealed: Vec<u8>,
    signature: Vec<u8>,
    withdrawn_at: Option<i64>,
    reason: String,
}

impl From<CertificateRow> for Certificate {
    fn from(row: CertificateRow) -> Self {
        Self {
            initiative: InitiativeId(row.initiative_id),
            number: row.number,
            check: row.check_code,
            agency: AgencyId(row.agency_id),
            issued_on: row.issued_on,
            issued_at: row.issued_at,
            sealed: row.sealed,
            signature: row.signature,
            withdrawn: row.withdrawn_at.map(|at| (at, row.reason)),
        }
    }
}
