//! Table `report_keys`: which report answered which key of a program.

use sauro_kernel::ReportId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// Reserves `key` for `report`. Answers whether it was free.
pub(crate) async fn insert(
    conn: &mut Conn,
    key: &[u8; 32],
    report: ReportId,
    now_us: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO report_keys (key_hash, report_id, at)
        VALUES ($1, $2, $3)
        ON CONFLICT (key_hash) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(key.as_slice())
        .bind(report.0)
        .bind(now_us)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// The report that `key` was reserved for.
pub(crate) async fn find(conn: &mut Conn, key: &[u8; 32]) -> Result<Option<ReportId>, StoreError> {
    const SQL: &str = "SELECT report_id FROM report_keys WHERE key_hash = $1";
    let id: Option<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(key.as_slice()).fetch_optional(c).await)?;
    Ok(id.map(ReportId))
}
