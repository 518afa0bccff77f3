use sauro_store::{Conn, StoreError};

use super::insert_rows;
use crate::jobs::past::Urged;
use crate::model::{Explanation, Extension};

const EXTENSIONS: &[&str] = &[
    "id",
    "task_id",
    "asked_by_post_id",
    "asked_by_agency_id",
    "decider_agency_id",
    "asked_at",
    "reason",
    "from_on",
    "to_on",
    "state",
    "decided_by_post_id",
    "decided_at",
    "answer",
];

/// Adds requests for more time as they stand.
pub(crate) async fn extensions(conn: &mut Conn, rows: &[&Extension]) -> Result<(), StoreError> {
    insert_rows!(conn, "extensions", EXTENSIONS, rows, |query, it| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.asked_by.0)
        .bind(it.asked_by_agency.0)
        .bind(it.decider.0)
        .bind(it.asked_at)
        .bind(&it.reason)
        .bind(it.from_on)
        .bind(it.to_on)
        .bind(it.state.code())
        .bind(it.decided_by.map(|id| id.0))
        .bind(it.decided_at)
        .bind(&it.answer))
}

const EXPLANATIONS: &[&str] = &[
    "id",
    "task_id",
    "asked_by_post_id",
    "asked_by_agency_id",
    "lead_agency_id",
    "asked_at",
    "question",
    "due_on",
    "state",
    "answered_by_post_id",
    "answered_at",
    "answer",
    "closed_at",
];

/// Adds requests to explain as they stand, each with when it was closed.
pub(crate) async fn explanations(
    conn: &mut Conn,
    rows: &[&(Explanation, Option<i64>)],
) -> Result<(), StoreError> {
    insert_rows!(conn, "explanations", EXPLANATIONS, rows, |query, (it, closed_at)| query
        .bind(it.id.0)
        .bind(it.task.0)
        .bind(it.asked_by.0)
        .bind(it.asked_by_agency.0)
        .bind(it.lead.0)
        .bind(it.asked_at)
        .bind(&it.question)
        .bind(it.due_on)
        .bind(it.state.code())
        .bind(it.answered_by.map(|id| id.0))
        .bind(it.answered_at)
        .bind(&it.answer)
        .bind(*closed_at))
}

/// Adds urgings.
pub(crate) async fn urges(
    conn: &mut Conn,
    rows: &[(sauro_kernel::TaskId, &Urged, chrono::NaiveDate)],
) -> Result<(), StoreError> {
    const COLUMNS: &[&str] =
        &["id", "task_id", "by_post_id", "by_agency_id", "on_day", "at", "words"];
    insert_rows!(conn, "urges", COLUMNS, rows, |query, (task, it, on)| query
        .bind(it.id)
        .bind(task.0)
        .bind(it.by.post.0)
        .bind(it.by.agency.0)
        .bind(*on)
        .bind(it.by.at)
        .bind(&it.words))
}
