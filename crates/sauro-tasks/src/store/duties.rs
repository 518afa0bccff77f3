//! What a seat owes and waits for: small lists, each by one index.

use sauro_kernel::{AgencyId, DirectiveId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::tasks::{TaskRow, task_columns};
use crate::model::Task;

/// Drafts of one directive that wait for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The directive; none for tasks entered by hand.
    pub directive: Option<DirectiveId>,
    /// Its number, or empty.
    pub number: String,
    /// What it is about, or empty.
    pub subject: String,
    /// How many drafts wait.
    pub n_drafts: i64,
    /// Since when, in microseconds.
    pub since: i64,
}

/// Lists the tasks that `lead` has still to report on, nearest deadline first.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn to_report(
    conn: &mut Conn,
    lead: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
         WHERE lead_agency_id = $1 AND stage IN ('issued', 'in_progress', 'returned')
         ORDER BY due_on, id
         LIMIT $2"
    );
    of_agency(conn, SQL, lead, limit).await
}

/// Lists the tasks of `lead` that were reported done and wait for the authority.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn reported(
    conn: &mut Conn,
    lead: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks WHERE lead_agency_id = $1 AND stage = 'reported' ORDER BY due_on, id LIMIT $2"
    );
    of_agency(conn, SQL, lead, limit).await
}

/// Lists the tasks with a deliverable that `authority` has to look at.
///
/// Uses index `tasks_of_authority`.
pub(crate) async fn to_verify(
    conn: &mut Conn,
    authority: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
         WHERE authority_agency_id = $1 AND lead_agency_id <> $1 AND stage IN ('in_progress', 'reported', 'returned')
            AND EXISTS (SELECT 1 FROM deliverables d WHERE d.task_id = tasks.id AND d.stage = 'reported')
         ORDER BY due_on, id
         LIMIT $2"
    );
    of_agency(conn, SQL, authority, limit).await
}

/// Lists the tasks issued by `issuer` with a deliverable that somebody has to look at.
///
/// Uses index `tasks_of_issuer`.
pub(crate) async fn issued_to_verify(
    conn: &mut Conn,
    issuer: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
         WHERE issuer_agency_id = $1 AND lead_agency_id <> $1 AND stage IN ('in_progress', 'reported', 'returned')
            AND EXISTS (SELECT 1 FROM deliverables d WHERE d.task_id = tasks.id AND d.stage = 'reported')
         ORDER BY due_on, id
         LIMIT $2"
    );
    of_agency(conn, SQL, issuer, limit).await
}

async fn of_agency(
    conn: &mut Conn,
    sql: &'static str,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(sql)
        .bind(agency.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}

/// Lists the tasks `ids`, in no order that means anything.
pub(crate) async fn tasks_of(conn: &mut Conn, ids: &[TaskId]) -> Result<Vec<Task>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {} FROM tasks WHERE id IN ({places}) ORDER BY id LIMIT {}",
        task_columns!(),
        ids.len()
    );
    let rows = run!(conn, c => {
        let mut query = sqlx::query_as::<_, TaskRow>(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    rows.into_iter().map(Task::try_from).collect()
}

/// Lists what waits for approval at `owner`, longest waiting first.
///
/// Uses index `task_drafts_waiting`.
pub(crate) async fn to_approve(
    conn: &mut Conn,
    owner: AgencyId,
    limit: u16,
) -> Result<Vec<Approval>, StoreError> {
    const SQL: &str = "
        SELECT w.directive_id, coalesce(d.number, ''), coalesce(d.subject, ''), w.n_drafts, w.since
        FROM (
            SELECT directive_id, COUNT(*) AS n_drafts, MIN(changed_at) AS since
            FROM task_drafts
            WHERE owner_agency_id = $1 AND state = 'proposed'
            GROUP BY directive_id
        ) w
        LEFT JOIN directives d ON d.id = w.directive_id
        ORDER BY w.since, w.directive_id
        LIMIT $2";
    let rows: Vec<(Option<Uuid>, String, String, i64, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(owner.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let approval = |(directive, number, subject, n_drafts, since): (
        Option<Uuid>,
        String,
        String,
        i64,
        i64,
    )| Approval {
        directive: directive.map(DirectiveId),
        number,
        subject,
        n_drafts,
        since,
    };
    Ok(rows.into_iter().map(approval).collect())
}
