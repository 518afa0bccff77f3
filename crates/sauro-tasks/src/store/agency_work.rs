//! What an agency has done within some days: the tasks it reported done, and what its reports said.

use sauro_kernel::AgencyId;
use sauro_store::{Conn, StoreError, run};

use super::tasks::{TaskRow, task_columns};
use crate::model::Task;

/// Lists the tasks that `lead` reported done between two instants, last ones first, at most `limit`.
///
/// Uses index `tasks_of_lead`.
pub(crate) async fn done(
    conn: &mut Conn,
    lead: AgencyId,
    (from, to): (i64, i64),
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
        WHERE lead_agency_id = $1 AND stage IN ('reported', 'verified', 'in_use')
            AND reported_at >= $2 AND reported_at < $3
        ORDER BY reported_at DESC, id
        LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL)
        .bind(lead.0)
        .bind(from)
        .bind(to)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}

/// What the reports said that `agency` sent between two instants, last ones first, at most `limit`: the
/// code of the task, results, difficulties, proposals.
///
/// Uses index `reports_waiting`: a report is not changed before it is sent.
pub(crate) async fn said(
    conn: &mut Conn,
    agency: AgencyId,
    (from, to): (i64, i64),
    limit: i64,
) -> Result<Vec<(String, String, String, String)>, StoreError> {
    const SQL: &str = "
        SELECT t.code, r.results, r.difficulties, r.proposals
        FROM reports r
        JOIN tasks t ON t.id = r.task_id
        WHERE r.agency_id = $1 AND r.state IN ('sent', 'accepted', 'returned')
            AND r.changed_at >= $2 AND r.sent_at >= $2 AND r.sent_at < $3
        ORDER BY r.sent_at DESC, r.id
        LIMIT $4";
    run!(conn, c => sqlx::query_as(SQL)
        .bind(agency.0)
        .bind(from)
        .bind(to)
        .bind(limit)
        .fetch_all(c)
        .await)
}
