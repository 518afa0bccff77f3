//! One task with all that the public may see of it, from several tables.

use chrono::NaiveDate;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct TaskRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) programme_code: String,
    pub(crate) programme_name: String,
    pub(crate) issuer_agency_id: Uuid,
    pub(crate) lead_agency_id: Uuid,
    pub(crate) work: String,
    pub(crate) deadline_text: String,
    pub(crate) due_on: NaiveDate,
    pub(crate) recurs: String,
    pub(crate) accountable: String,
    pub(crate) authority_agency_id: Uuid,
    pub(crate) stage: String,
    pub(crate) self_rating: String,
    pub(crate) reported_at: Option<i64>,
    pub(crate) verified_at: Option<i64>,
    pub(crate) in_use_at: Option<i64>,
    pub(crate) issued_at: i64,
    pub(crate) directive_number: Option<String>,
    pub(crate) directive_subject: Option<String>,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DeliverableRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) measure: String,
    pub(crate) stage: String,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct EvidenceRow {
    pub(crate) deliverable_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) file_hash: Option<Vec<u8>>,
    pub(crate) mime: String,
    pub(crate) n_bytes: i64,
    pub(crate) added_at: i64,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct VerificationRow {
    pub(crate) deliverable_id: Uuid,
    pub(crate) decision: String,
    pub(crate) checked: String,
    pub(crate) decided_by_agency_id: Uuid,
    pub(crate) decided_at: i64,
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ReportRow {
    pub(crate) agency_id: Uuid,
    pub(crate) self_rating: String,
    pub(crate) sent_at: i64,
}

/// Finds the public task `code`: marked public, in a public programme.
pub(crate) async fn public_task(
    conn: &mut Conn,
    code: &str,
) -> Result<Option<TaskRow>, StoreError> {
    const SQL: &str = "
        SELECT tasks.id, tasks.code, programmes.code AS programme_code,
            programmes.name AS programme_name, tasks.issuer_agency_id, tasks.lead_agency_id,
            tasks.work, tasks.deadline_text, tasks.due_on, tasks.recurs, tasks.accountable,
            tasks.authority_agency_id, tasks.stage, tasks.self_rating, tasks.reported_at,
            tasks.verified_at, tasks.in_use_at, tasks.issued_at,
            directives.number AS directive_number, directives.subject AS directive_subject
        FROM tasks
        JOIN programmes ON programmes.id = tasks.programme_id
        LEFT JOIN directives ON directives.id = tasks.directive_id
        WHERE tasks.code = $1 AND tasks.is_public AND programmes.is_public";
    run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL).bind(code).fetch_optional(c).await)
}

/// Lists the partners of a task.
pub(crate) async fn partners(conn: &mut Conn, task: Uuid) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "
        SELECT agency_id FROM task_partners WHERE task_id = $1 ORDER BY agency_id LIMIT 500";
    run!(conn, c => sqlx::query_scalar::<_, Uuid>(SQL).bind(task).fetch_all(c).await)
}

/// Lists the deliverables of a task.
pub(crate) async fn deliverables(
    conn: &mut Conn,
    task: Uuid,
) -> Result<Vec<DeliverableRow>, StoreError> {
    const SQL: &str = "
        SELECT id, name, measure, stage FROM deliverables
        WHERE task_id = $1 ORDER BY ordinal, id LIMIT 200";
    run!(conn, c => sqlx::query_as::<_, DeliverableRow>(SQL).bind(task).fetch_all(c).await)
}

/// Lists the evidence of a task that came with reports that were sent. Drafts stay with their writers.
pub(crate) async fn evidence(conn: &mut Conn, task: Uuid) -> Result<Vec<EvidenceRow>, StoreError> {
    const SQL: &str = "
        SELECT evidence.deliverable_id, evidence.kind, evidence.label, evidence.file_hash,
            evidence.mime, evidence.n_bytes, evidence.added_at
        FROM evidence
        JOIN reports ON reports.id = evidence.report_id
        WHERE evidence.task_id = $1 AND reports.state IN ('sent', 'accepted', 'returned')
        ORDER BY evidence.added_at, evidence.id
        LIMIT 200";
    run!(conn, c => sqlx::query_as::<_, EvidenceRow>(SQL).bind(task).fetch_all(c).await)
}

/// Lists the decisions on a task.
pub(crate) async fn verifications(
    conn: &mut Conn,
    task: Uuid,
) -> Result<Vec<VerificationRow>, StoreError> {
    const SQL: &str = "
        SELECT deliverable_id, decision, checked, decided_by_agency_id, decided_at
        FROM verifications
        WHERE task_id = $1 ORDER BY decided_at, id LIMIT 500";
    run!(conn, c => sqlx::query_as::<_, VerificationRow>(SQL).bind(task).fetch_all(c).await)
}

/// Lists the reports sent on a task.
pub(crate) async fn reports(conn: &mut Conn, task: Uuid) -> Result<Vec<ReportRow>, StoreError> {
    const SQL: &str = "
        SELECT agency_id, self_rating, sent_at FROM reports
        WHERE task_id = $1 AND sent_at IS NOT NULL AND state IN ('sent', 'accepted', 'returned')
        ORDER BY sent_at, id LIMIT 500";
    run!(conn, c => sqlx::query_as::<_, ReportRow>(SQL).bind(task).fetch_all(c).await)
}
