//! Why tasks are late, as their leads say: the last report, the last explanation, and who pressed.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What is known of why a task is late.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// The difficulties that the last report names, or empty.
    pub difficulties: String,
    /// When that report was sent, in microseconds.
    pub reported_at: Option<i64>,
    /// The last answer to a request to explain, or empty.
    pub explanation: String,
    /// Until when this agency has asked for an explanation that has not come yet.
    pub asked_until: Option<NaiveDate>,
    /// This agency has urged the lead today.
    pub is_urged_today: bool,
    /// How often more time was asked for.
    pub n_extensions: i64,
}

/// What is known of each of `tasks`, seen from `agency` on the day `today`.
///
/// Uses indexes `reports_of_task`, `explanations_of_task`, `extensions_of_task` and the one that
/// keeps urgings apart.
pub(crate) async fn of_tasks(
    conn: &mut Conn,
    tasks: &[TaskId],
    agency: AgencyId,
    today: NaiveDate,
) -> Result<HashMap<TaskId, Reason>, StoreError> {
    let mut all: HashMap<TaskId, Reason> =
        tasks.iter().map(|id| (*id, Reason::default())).collect();
    if tasks.is_empty() {
        return Ok(all);
    }
    let places = (1..=tasks.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let (next, last) = (tasks.len() + 1, tasks.len() + 2);

    let sql = format!(
        "SELECT r.task_id, r.difficulties, r.sent_at FROM reports r
        WHERE r.task_id IN ({places}) AND r.sent_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM reports l WHERE l.task_id = r.task_id AND l.sent_at > r.sent_at)
        ORDER BY r.task_id, r.id LIMIT 200"
    );
    let rows: Vec<(Uuid, String, Option<i64>)> = run!(conn, c => {
        let query = tasks.iter().fold(sqlx::query_as(AssertSqlSafe(sql)), |it, id| it.bind(id.0));
        query.fetch_all(c).await
    })?;
    for (id, difficulties, at) in rows {
        let reason = all.entry(TaskId(id)).or_default();
        (reason.difficulties, reason.reported_at) = (difficulties, at);
    }

    let sql = format!(
        "SELECT task_id, asked_by_agency_id, state, due_on, answer FROM explanations
        WHERE task_id IN ({places}) ORDER BY task_id, asked_at, id LIMIT 1000"
    );
    let rows: Vec<(Uuid, Uuid, String, NaiveDate, String)> = run!(conn, c => {
        let query = tasks.iter().fold(sqlx::query_as(AssertSqlSafe(sql)), |it, id| it.bind(id.0));
        query.fetch_all(c).await
    })?;
    for (id, by, state, due_on, answer) in rows {
        let reason = all.entry(TaskId(id)).or_default();
        if !answer.is_empty() {
            reason.explanation = answer;
        }
        if by == agency.0 && state == "asked" {
            reason.asked_until = Some(due_on);
        }
    }

    let sql = format!(
        "SELECT task_id FROM urges
        WHERE task_id IN ({places}) AND by_agency_id = ${next} AND on_day = ${last}
        ORDER BY task_id LIMIT 200"
    );
    let rows: Vec<Uuid> = run!(conn, c => {
        let query =
            tasks.iter().fold(sqlx::query_scalar(AssertSqlSafe(sql)), |it, id| it.bind(id.0));
        query.bind(agency.0).bind(today).fetch_all(c).await
    })?;
    for id in rows {
        all.entry(TaskId(id)).or_default().is_urged_today = true;
    }

    let sql = format!(
        "SELECT task_id, COUNT(*) FROM extensions
        WHERE task_id IN ({places}) AND state <> 'withdrawn'
        GROUP BY task_id ORDER BY task_id LIMIT 200"
    );
    let rows: Vec<(Uuid, i64)> = run!(conn, c => {
        let query = tasks.iter().fold(sqlx::query_as(AssertSqlSafe(sql)), |it, id| it.bind(id.0));
        query.fetch_all(c).await
    })?;
    for (id, n) in rows {
        all.entry(TaskId(id)).or_default().n_extensions = n;
    }
    Ok(all)
}
