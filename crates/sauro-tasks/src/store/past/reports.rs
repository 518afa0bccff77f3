use sauro_kernel::ReportId;
use sauro_store::{Conn, FileHash, StoreError, run};

use crate::model::{Evidence, ReportItem};
use crate::store::bulk::insert_rows;

/// Adds what reports say of deliverables.
pub(crate) async fn items(
    conn: &mut Conn,
    rows: &[(ReportId, &ReportItem)],
) -> Result<(), StoreError> {
    const COLUMNS: &[&str] = &["report_id", "deliverable_id", "claim", "note"];
    insert_rows!(conn, "report_items", COLUMNS, rows, |query, (report, it)| query
        .bind(report.0)
        .bind(it.deliverable.0)
        .bind(it.claim.code())
        .bind(&it.note))
}

/// Names the files of `rows` in the database; those that it names already stay as they are.
pub(crate) async fn files(conn: &mut Conn, rows: &[&Evidence]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO files (hash, n_bytes, mime, added_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO UPDATE SET added_at = $4 WHERE files.added_at > $4";
    for it in rows {
        let Some(hash) = it.file_hash else { continue };
        run!(conn, c => sqlx::query(SQL)
            .bind(FileHash(hash))
            .bind(it.n_bytes)
            .bind(&it.mime)
            .bind(it.added_at)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}
