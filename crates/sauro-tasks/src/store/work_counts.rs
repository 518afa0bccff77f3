//! Table `tasks`, counted by who leads them.

use chrono::NaiveDate;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// Of one lead: due, on time and verified, verified, and the newest change in microseconds.
pub(crate) type LeadRow = (Uuid, i64, i64, i64, i64);

/// Counts the public tasks due from one day to another, by the agency that leads them. Recurring, paused and
/// cancelled ones count nowhere, but their change does.
///
/// Uses index `tasks_shown_by_due`.
pub(crate) async fn by_lead(
    conn: &mut Conn,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<LeadRow>, StoreError> {
    const SQL: &str = "
        SELECT tasks.lead_agency_id,
            SUM(CASE WHEN standing IN ('done', 'late', 'wait', 'open') THEN 1 ELSE 0 END),
            SUM(CASE WHEN standing = 'done' THEN 1 ELSE 0 END),
            SUM(CASE WHEN standing IN ('done', 'late') THEN 1 ELSE 0 END),
            MAX(tasks.changed_at)
        FROM tasks
        JOIN programmes ON programmes.id = tasks.programme_id
        WHERE tasks.is_public = $3 AND programmes.is_public = $3 AND due_on BETWEEN $1 AND $2
        GROUP BY tasks.lead_agency_id
        ORDER BY tasks.lead_agency_id
        LIMIT 100000";
    run!(conn, c => sqlx::query_as::<_, LeadRow>(SQL)
        .bind(from)
        .bind(to)
        .bind(true)
        .fetch_all(c)
        .await)
}
