//! Tasks of an agency that is no more, going over to the one that follows it.

use sauro_kernel::{AgencyId, AgencyPath, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use super::tasks::{TaskRow, task_columns};
use crate::model::Task;

/// Which part an agency has in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It leads it and still owes something.
    Lead,
    /// It will have to accept it.
    Authority,
}

impl Part {
    fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Lead => ("lead_agency_id", "lead_path"),
            Self::Authority => ("authority_agency_id", "authority_path"),
        }
    }

    /// What has been reported stays with whoever reported it; who accepts is still to come.
    fn stages(self) -> &'static str {
        match self {
            Self::Lead => "'issued', 'in_progress', 'returned', 'paused'",
            Self::Authority => "'issued', 'in_progress', 'returned', 'paused', 'reported'",
        }
    }
}

/// Lists the tasks in which `agency` still has the part `part` and `heir` could have it, by id.
///
/// Uses indexes `tasks_of_lead` and `tasks_of_authority`.
pub(crate) async fn open_of(
    conn: &mut Conn,
    part: Part,
    agency: AgencyId,
    heir: AgencyId,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    let (column, _) = part.columns();
    // Nobody accepts its own work: such a task stays where it is.
    let other = match part {
        Part::Lead => "authority_agency_id",
        Part::Authority => "lead_agency_id",
    };
    let sql = format!(
        "SELECT {} FROM tasks
        WHERE {column} = $1 AND stage IN ({}) AND {other} <> $2
        ORDER BY id
        LIMIT $3",
        task_columns!(),
        part.stages()
    );
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(AssertSqlSafe(sql))
        .bind(agency.0)
        .bind(heir.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}

/// Counts the tasks in which `agency` still has the part `part`.
pub(crate) async fn count_open(
    conn: &mut Conn,
    part: Part,
    agency: AgencyId,
) -> Result<i64, StoreError> {
    let (column, _) = part.columns();
    let sql =
        format!("SELECT COUNT(*) FROM tasks WHERE {column} = $1 AND stage IN ({})", part.stages());
    run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(agency.0).fetch_one(c).await)
}

/// Gives the part `part` in the task `id` to the agency `heir` at `path`, with the report being written.
pub(crate) async fn give(
    conn: &mut Conn,
    part: Part,
    id: TaskId,
    heir: AgencyId,
    path: &AgencyPath,
    now_us: i64,
) -> Result<(), StoreError> {
    let (agency, place) = part.columns();
    let sql = format!(
        "UPDATE tasks SET {agency} = $2, {place} = $3, changed_at = $4, version = version + 1 WHERE id = $1"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(id.0)
        .bind(heir.0)
        .bind(path.as_str())
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))?;
    if part == Part::Authority {
        return Ok(());
    }
    const REPORTS: &str =
        "UPDATE reports SET agency_id = $2 WHERE task_id = $1 AND state IN ('draft', 'submitted')";
    run!(conn, c => sqlx::query(REPORTS).bind(id.0).bind(heir.0).execute(c).await.map(drop))?;
    const EXPLANATIONS: &str =
        "UPDATE explanations SET lead_agency_id = $2 WHERE task_id = $1 AND state = 'asked'";
    run!(conn, c => sqlx::query(EXPLANATIONS).bind(id.0).bind(heir.0).execute(c).await.map(drop))
}
