//! Table `explanations`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, ExplanationId, PostId, TaskId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::bulk::insert_rows;
use super::corrupt;
use crate::model::{Explanation, ExplanationState, Place};

/// The columns that [`ExplanationRow`] reads, for `concat!`.
macro_rules! explanation_columns {
    () => {
        "id, task_id, asked_by_post_id, asked_by_agency_id, lead_agency_id, asked_at, question, due_on, state, \
         answered_by_post_id, answered_at, answer"
    };
}

const COLUMNS: &[&str] = &[
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

/// Adds a request.
pub(crate) async fn insert(conn: &mut Conn, it: &Explanation) -> Result<(), StoreError> {
    insert_many(conn, &[(it, None)]).await
}

/// Adds requests to explain as they stand, each with when it was closed.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    rows: &[(&Explanation, Option<i64>)],
) -> Result<(), StoreError> {
    insert_rows!(conn, "explanations", COLUMNS, rows, |query, (it, closed_at)| query
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

/// Writes the answer to an open request.
pub(crate) async fn update_answered(
    conn: &mut Conn,
    id: ExplanationId,
    by: PostId,
    answer: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE explanations
        SET state = 'answered', answered_by_post_id = $2, answered_at = $3, answer = $4
        WHERE id = $1 AND state = 'asked'";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(by.0)
        .bind(now_us)
        .bind(answer)
        .execute(c)
        .await
        .map(drop))
}

/// Closes a request that was answered.
pub(crate) async fn update_closed(
    conn: &mut Conn,
    id: ExplanationId,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE explanations SET state = 'closed', closed_at = $2 WHERE id = $1 AND state = 'answered'";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(now_us).execute(c).await.map(drop))
}

/// Lists the requests on a task, latest first.
///
/// Uses index `explanations_of_task`.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Vec<Explanation>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        explanation_columns!(),
        " FROM explanations WHERE task_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 100"
    );
    let rows =
        run!(conn, c => sqlx::query_as::<_, ExplanationRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(Explanation::try_from).collect()
}

/// Lists what `lead` owes after the place `after`, nearest deadline first.
///
/// Uses index `explanations_owed`.
pub(crate) async fn owed(
    conn: &mut Conn,
    lead: AgencyId,
    after: Place,
    limit: u16,
) -> Result<Vec<Explanation>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        explanation_columns!(),
        " FROM explanations
         WHERE lead_agency_id = $1 AND state = 'asked' AND (due_on > $2 OR (due_on = $2 AND id > $3))
         ORDER BY due_on, id
         LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ExplanationRow>(SQL)
        .bind(lead.0)
        .bind(after.day)
        .bind(after.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Explanation::try_from).collect()
}

/// Lists the answers that `asker` has not read yet after the place `after`, first come first.
///
/// Uses index `explanations_to_read`.
pub(crate) async fn to_read(
    conn: &mut Conn,
    asker: AgencyId,
    after: Place,
    limit: u16,
) -> Result<Vec<Explanation>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        explanation_columns!(),
        " FROM explanations
         WHERE asked_by_agency_id = $1 AND state = 'answered'
            AND (answered_at > $2 OR (answered_at = $2 AND id > $3))
         ORDER BY answered_at, id
         LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, ExplanationRow>(SQL)
        .bind(asker.0)
        .bind(after.at)
        .bind(after.id)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Explanation::try_from).collect()
}

/// Counts what `lead` owes.
pub(crate) async fn count_owed(conn: &mut Conn, lead: AgencyId) -> Result<i64, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM explanations WHERE lead_agency_id = $1 AND state = 'asked'";
    run!(conn, c => sqlx::query_scalar(SQL).bind(lead.0).fetch_one(c).await)
}

/// Counts the answers that `asker` has not read yet.
pub(crate) async fn count_to_read(conn: &mut Conn, asker: AgencyId) -> Result<i64, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM explanations WHERE asked_by_agency_id = $1 AND state = 'answered'";
    run!(conn, c => sqlx::query_scalar(SQL).bind(asker.0).fetch_one(c).await)
}

#[derive(sqlx::FromRow)]
struct ExplanationRow {
    id: Uuid,
    task_id: Uuid,
    asked_by_post_id: Uuid,
    asked_by_agency_id: Uuid,
    lead_agency_id: Uuid,
    asked_at: i64,
    question: String,
    due_on: NaiveDate,
    state: String,
    answered_by_post_id: Option<Uuid>,
    answered_at: Option<i64>,
    answer: String,
}

impl TryFrom<ExplanationRow> for Explanation {
    type Error = StoreError;

    fn try_from(row: ExplanationRow) -> Result<Self, StoreError> {
        let state = ExplanationState::of_code(&row.state).ok_or_else(|| {
            corrupt("explanations", row.id, format!("no such state: {}", row.state))
        })?;
        Ok(Self {
            id: ExplanationId(row.id),
            task: TaskId(row.task_id),
            asked_by: PostId(row.asked_by_post_id),
            asked_by_agency: AgencyId(row.asked_by_agency_id),
            lead: AgencyId(row.lead_agency_id),
            asked_at: row.asked_at,
            question: row.question,
            due_on: row.due_on,
            state,
            answered_by: row.answered_by_post_id.map(PostId),
            answered_at: row.answered_at,
            answer: row.answer,
        })
    }
}
