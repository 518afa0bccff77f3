//! Table `verifications`.

use sauro_kernel::{AgencyId, DeliverableId, PostId, ReportId, TaskId, VerificationId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::bulk::insert_rows;
use super::corrupt;
use crate::model::{Decision, Verification};

const COLUMNS: &[&str] = &[
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

/// Adds a decision.
pub(crate) async fn insert(conn: &mut Conn, it: &Verification) -> Result<(), StoreError> {
    insert_many(conn, &[it]).await
}

/// Adds decisions.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[&Verification]) -> Result<(), StoreError> {
    insert_rows!(conn, "verifications", COLUMNS, rows, |query, it| query
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

/// Lists the decisions on a task, latest first.
///
/// Uses index `verifications_of_task`.
pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
) -> Result<Vec<Verification>, StoreError> {
    const SQL: &str = "
        SELECT id, task_id, deliverable_id, report_id, decision, checked, reason, decided_by_post_id,
            decided_by_agency_id, decided_at
        FROM verifications
        WHERE task_id = $1
        ORDER BY decided_at DESC, id DESC
        LIMIT 500";
    let rows =
        run!(conn, c => sqlx::query_as::<_, VerificationRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(Verification::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct VerificationRow {
    id: Uuid,
    task_id: Uuid,
    deliverable_id: Uuid,
    report_id: Option<Uuid>,
    decision: String,
    checked: String,
    reason: String,
    decided_by_post_id: Uuid,
    decided_by_agency_id: Uuid,
    decided_at: i64,
}

impl TryFrom<VerificationRow> for Verification {
    type Error = StoreError;

    fn try_from(row: VerificationRow) -> Result<Self, StoreError> {
        let decision = Decision::of_code(&row.decision).ok_or_else(|| {
            corrupt("verifications", row.id, format!("no such decision: {}", row.decision))
        })?;
        Ok(Self {
            id: VerificationId(row.id),
            task: TaskId(row.task_id),
            deliverable: DeliverableId(row.deliverable_id),
            report: row.report_id.map(ReportId),
            decision,
            checked: row.checked,
            reason: row.reason,
            decided_by: PostId(row.decided_by_post_id),
            decided_by_agency: AgencyId(row.decided_by_agency_id),
            decided_at: row.decided_at,
        })
    }
}
