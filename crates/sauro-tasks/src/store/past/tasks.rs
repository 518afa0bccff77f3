use sauro_kernel::{Role, fold};
use sauro_store::{Conn, StoreError};

use crate::jobs::past::Version;
use crate::model::{Deliverable, Task};
use crate::store::bulk::insert_rows;

const TASKS: &[&str] = &[
    "id",
    "code",
    "programme_id",
    "directive_id",
    "draft_id",
    "parent_id",
    "issuer_agency_id",
    "issuer_path",
    "lead_agency_id",
    "lead_path",
    "work",
    "work_fold",
    "deadline_kind",
    "deadline_text",
    "due_on",
    "recurs",
    "accountable",
    "authority_agency_id",
    "authority_path",
    "strength",
    "is_public",
    "stage",
    "self_rating",
    "reported_at",
    "verified_at",
    "in_use_at",
    "last_report_at",
    "issued_at",
    "issued_by_post_id",
    "changed_at",
    "version",
    "first_due_on",
    "stage_reason",
    "period",
    "verifier_role",
    "due_set_at",
];

/// Adds tasks as they stand, each with when it was last changed and when its deadline was moved.
pub(crate) async fn tasks(
    conn: &mut Conn,
    rows: &[(&Task, i64, Option<i64>)],
) -> Result<(), StoreError> {
    insert_rows!(conn, "tasks", TASKS, rows, |query, (it, changed_at, due_set_at)| query
        .bind(it.id.0)
        .bind(&it.code)
        .bind(it.programme.0)
        .bind(it.directive.map(|id| id.0))
        .bind(it.draft.map(|id| id.0))
        .bind(it.parent.map(|id| id.0))
        .bind(it.issuer.0)
        .bind(it.issuer_path.as_str())
        .bind(it.lead.0)
        .bind(it.lead_path.as_str())
        .bind(&it.work)
        .bind(fold(&it.work))
        .bind(it.deadline.kind.code())
        .bind(&it.deadline.text)
        .bind(it.due_on)
        .bind(it.deadline.rule.as_deref().unwrap_or_default())
        .bind(&it.accountable)
        .bind(it.authority.0)
        .bind(it.authority_path.as_str())
        .bind(&it.strength)
        .bind(it.is_public)
        .bind(it.stage.code())
        .bind(&it.self_rating)
        .bind(it.reported_at)
        .bind(it.verified_at)
        .bind(it.in_use_at)
        .bind(it.last_report_at)
        .bind(it.issued_at)
        .bind(it.issued_by.0)
        .bind(*changed_at)
        .bind(it.version)
        .bind(it.first_due_on)
        .bind(&it.stage_reason)
        .bind(&it.period)
        .bind(it.verifier_role.map_or("", Role::code))
        .bind(*due_set_at))
}

const DELIVERABLES: &[&str] = &[
    "id",
    "task_id",
    "ordinal",
    "name",
    "measure",
    "stage",
    "reported_at",
    "accepted_at",
    "in_use_at",
    "version",
];

/// Adds deliverables as they stand.
pub(crate) async fn deliverables(conn: &mut Conn, rows: &[&Deliverable]) -> Result<(), StoreError> {
    insert_rows!(conn, "deliverables", DELIVERABLES, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.ordinal)
        .bind(&it.name)
        .bind(&it.measure)
        .bind(it.stage.code())
        .bind(it.reported_at)
        .bind(it.accepted_at)
        .bind(it.in_use_at)
        .bind(it.version))
}

const HISTORY: &[&str] = &[
    "task_id",
    "since",
    "until",
    "programme_id",
    "lead_agency_id",
    "lead_path",
    "is_public",
    "stage",
    "due_on",
    "recurs",
    "self_rating",
    "reported_at",
    "verified_at",
    "in_use_at",
];

/// Adds what tasks were, before the tasks themselves: the triggers then leave it alone.
pub(crate) async fn history(conn: &mut Conn, rows: &[(&Task, &Version)]) -> Result<(), StoreError> {
    insert_rows!(conn, "task_history", HISTORY, rows, |query, (task, it)| query
        .bind(task.id.0)
        .bind(it.since)
        .bind(it.until)
        .bind(task.programme.0)
        .bind(task.lead.0)
        .bind(task.lead_path.as_str())
        .bind(task.is_public)
        .bind(it.stage.code())
        .bind(it.due_on)
        .bind(task.deadline.rule.as_deref().unwrap_or_default())
        .bind(&it.self_rating)
        .bind(it.reported_at)
        .bind(it.verified_at)
        .bind(it.in_use_at))
}
