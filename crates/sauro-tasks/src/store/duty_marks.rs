//! What a page of duties says beside each task: one query for all its lines.

use sauro_kernel::{DeliverableId, ReportId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::tasks::{TaskRow, task_columns};
use crate::model::Task;

/// Lists the tasks `ids`, in no order that means anything.
pub(crate) async fn tasks_of(conn: &mut Conn, ids: &[TaskId]) -> Result<Vec<Task>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM tasks WHERE id IN ({}) ORDER BY id LIMIT {}",
        task_columns!(),
        places(ids.len()),
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

/// A deliverable that was reported done, as a line of work shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reported {
    pub(crate) task: TaskId,
    pub(crate) id: DeliverableId,
    pub(crate) ordinal: i64,
    pub(crate) name: String,
}

/// Lists the deliverables of the tasks `ids` that were reported done.
pub(crate) async fn reported_deliverables(
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<Vec<Reported>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT task_id, id, ordinal, name FROM deliverables
        WHERE task_id IN ({}) AND stage = 'reported'
        ORDER BY task_id, ordinal, id
        LIMIT 5000",
        places(ids.len())
    );
    let rows: Vec<(Uuid, Uuid, i64, String)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    let reported = |(task, id, ordinal, name): (Uuid, Uuid, i64, String)| Reported {
        task: TaskId(task),
        id: DeliverableId(id),
        ordinal,
        name,
    };
    Ok(rows.into_iter().map(reported).collect())
}

/// A draft report, as a line of work tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its task.
    pub task: TaskId,
    /// The report.
    pub report: ReportId,
    /// When it was changed last, in microseconds.
    pub changed_at: i64,
    /// True when the leader gave it back to be mended.
    pub is_handed_back: bool,
}

/// Lists the draft reports on the tasks `ids`.
///
/// Uses index `reports_one_open`.
pub(crate) async fn begun(conn: &mut Conn, ids: &[TaskId]) -> Result<Vec<Begun>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT task_id, id, changed_at, reason FROM reports
        WHERE task_id IN ({}) AND state = 'draft'
        ORDER BY task_id, id
        LIMIT {}",
        places(ids.len()),
        ids.len()
    );
    let rows: Vec<(Uuid, Uuid, i64, String)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    let begun = |(task, report, changed_at, reason): (Uuid, Uuid, i64, String)| Begun {
        task: TaskId(task),
        report: ReportId(report),
        changed_at,
        is_handed_back: !reason.is_empty(),
    };
    Ok(rows.into_iter().map(begun).collect())
}

fn places(n: usize) -> String {
    (1..=n).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}
