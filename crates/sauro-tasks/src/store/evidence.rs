//! Table `evidence`.

use sauro_kernel::{DeliverableId, EvidenceId, PostId, ReportId, TaskId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::bulk::insert_rows;
use super::corrupt;
use crate::model::{Evidence, EvidenceKind};

/// The columns that [`EvidenceRow`] reads, for `concat!`.
macro_rules! evidence_columns {
    () => {
        "id, task_id, report_id, deliverable_id, kind, label, file_hash, mime, n_bytes, added_by_post_id, added_at"
    };
}

/// An earlier report that used the same file.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct UseRow {
    pub(crate) task_id: Uuid,
    pub(crate) task_code: String,
    pub(crate) receipt: String,
    pub(crate) sent_at: i64,
}

const COLUMNS: &[&str] = &[
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

/// Adds a piece of evidence.
pub(crate) async fn insert(conn: &mut Conn, it: &Evidence) -> Result<(), StoreError> {
    insert_many(conn, &[it]).await
}

/// Adds evidence.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[&Evidence]) -> Result<(), StoreError> {
    insert_rows!(conn, "evidence", COLUMNS, rows, |query, it| query
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

/// Takes a piece of evidence away. Its file stays: others may use it.
pub(crate) async fn delete(conn: &mut Conn, id: EvidenceId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM evidence WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Finds one piece of evidence.
pub(crate) async fn find(conn: &mut Conn, id: EvidenceId) -> Result<Option<Evidence>, StoreError> {
    const SQL: &str = concat!("SELECT ", evidence_columns!(), " FROM evidence WHERE id = $1");
    let row =
        run!(conn, c => sqlx::query_as::<_, EvidenceRow>(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Evidence::try_from).transpose()
}

/// Lists the evidence of a report, in the order it came.
///
/// Uses index `evidence_of_report`.
pub(crate) async fn of_report(
    conn: &mut Conn,
    report: ReportId,
) -> Result<Vec<Evidence>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        evidence_columns!(),
        " FROM evidence WHERE report_id = $1 ORDER BY added_at, id LIMIT 500"
    );
    let rows =
        run!(conn, c => sqlx::query_as::<_, EvidenceRow>(SQL).bind(report.0).fetch_all(c).await)?;
    rows.into_iter().map(Evidence::try_from).collect()
}

/// Lists the latest evidence of a task.
///
/// Uses index `evidence_of_task`.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Vec<Evidence>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        evidence_columns!(),
        " FROM evidence WHERE task_id = $1 ORDER BY added_at DESC, id DESC LIMIT 1000"
    );
    let rows =
        run!(conn, c => sqlx::query_as::<_, EvidenceRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(Evidence::try_from).collect()
}

/// The first sent report, other than `report`, that used the file `hash`.
///
/// Uses index `evidence_by_file`.
pub(crate) async fn first_use(
    conn: &mut Conn,
    hash: &[u8; 32],
    report: ReportId,
) -> Result<Option<UseRow>, StoreError> {
    const SQL: &str = "
        SELECT t.id AS task_id, t.code AS task_code, r.receipt AS receipt, r.sent_at AS sent_at
        FROM evidence e
        JOIN reports r ON r.id = e.report_id
        JOIN tasks t ON t.id = e.task_id
        WHERE e.file_hash = $1 AND e.report_id <> $2 AND r.receipt IS NOT NULL AND r.sent_at IS NOT NULL
        ORDER BY r.sent_at, e.id
        LIMIT 1";
    run!(conn, c => sqlx::query_as::<_, UseRow>(SQL)
        .bind(hash.as_slice())
        .bind(report.0)
        .fetch_optional(c)
        .await)
}

#[derive(sqlx::FromRow)]
struct EvidenceRow {
    id: Uuid,
    task_id: Uuid,
    report_id: Uuid,
    deliverable_id: Option<Uuid>,
    kind: String,
    label: String,
    file_hash: Option<Vec<u8>>,
    mime: String,
    n_bytes: i64,
    added_by_post_id: Uuid,
    added_at: i64,
}

impl TryFrom<EvidenceRow> for Evidence {
    type Error = StoreError;

    fn try_from(row: EvidenceRow) -> Result<Self, StoreError> {
        let kind = EvidenceKind::of_code(&row.kind)
            .ok_or_else(|| corrupt("evidence", row.id, format!("no such kind: {}", row.kind)))?;
        let file_hash = row
            .file_hash
            .map(<[u8; 32]>::try_from)
            .transpose()
            .map_err(|_| corrupt("evidence", row.id, "the hash is not 32 bytes long"))?;
        Ok(Self {
            id: EvidenceId(row.id),
            task: TaskId(row.task_id),
            report: ReportId(row.report_id),
            deliverable: row.deliverable_id.map(DeliverableId),
            kind,
            label: row.label,
            file_hash,
            mime: row.mime,
            n_bytes: row.n_bytes,
            added_by: PostId(row.added_by_post_id),
            added_at: row.added_at,
        })
    }
}
