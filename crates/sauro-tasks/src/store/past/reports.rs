use sauro_kernel::ReportId;
use sauro_store::{Conn, FileHash, StoreError, run};

use super::insert_rows;
use crate::model::{Evidence, Report, ReportItem, SelfRating, Verification};

const REPORTS: &[&str] = &[
    "id",
    "task_id",
    "agency_id",
    "state",
    "results",
    "difficulties",
    "proposals",
    "self_rating",
    "drafted_by_post_id",
    "changed_by_post_id",
    "changed_at",
    "sent_by_post_id",
    "sent_at",
    "receipt",
    "reason",
    "version",
];

/// Adds reports as they stand.
pub(crate) async fn reports(conn: &mut Conn, rows: &[&Report]) -> Result<(), StoreError> {
    insert_rows!(conn, "reports", REPORTS, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.agency.0)
        .bind(it.state.code())
        .bind(&it.results)
        .bind(&it.difficulties)
        .bind(&it.proposals)
        .bind(it.self_rating.map_or("", SelfRating::code))
        .bind(it.drafted_by.0)
        .bind(it.changed_by.0)
        .bind(it.changed_at)
        .bind(it.sent_by.map(|id| id.0))
        .bind(it.sent_at)
        .bind(&it.receipt)
        .bind(&it.reason)
        .bind(it.version))
}

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

const EVIDENCE: &[&str] = &[
    "id",
    "task_id",
    "report_id",
    "deliverable_id",
    "kind",
    "label",
    "file_hash",
    "mime",
    "n_bytes",
    "added_by_post_id",
    "added_at",
];

/// Adds evidence.
pub(crate) async fn evidence(conn: &mut Conn, rows: &[&Evidence]) -> Result<(), StoreError> {
    insert_rows!(conn, "evidence", EVIDENCE, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.report.0)
        .bind(it.deliverable.map(|id| id.0))
        .bind(it.kind.code())
        .bind(&it.label)
        .bind(it.file_hash.map(|hash| hash.to_vec()))
        .bind(&it.mime)
        .bind(it.n_bytes)
        .bind(it.added_by.0)
        .bind(it.added_at))
}

const VERIFICATIONS: &[&str] = &[
    "id",
    "task_id",
    "deliverable_id",
    "report_id",
    "decision",
    "checked",
    "reason",
    "decided_by_post_id",
    "decided_by_agency_id",
    "decided_at",
];

/// Adds decisions.
pub(crate) async fn verifications(
    conn: &mut Conn,
    rows: &[&Verification],
) -> Result<(), StoreError> {
    insert_rows!(conn, "verifications", VERIFICATIONS, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.deliverable.0)
        .bind(it.report.map(|id| id.0))
        .bind(it.decision.code())
        .bind(&it.checked)
        .bind(&it.reason)
        .bind(it.decided_by.0)
        .bind(it.decided_by_agency.0)
        .bind(it.decided_at))
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
