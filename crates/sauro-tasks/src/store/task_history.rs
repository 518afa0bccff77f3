//! Table `task_history`, which triggers write: what each task was at a past instant.

use sauro_kernel::TaskId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::results::CountedRow;
use crate::model::BoardTask;

/// A version of a task, and where it stands in the order of the pass.
#[derive(sqlx::FromRow)]
struct VersionRow {
    since: i64,
    until: Option<i64>,
    #[sqlx(flatten)]
    row: CountedRow,
}

/// The last version read: its end, its beginning and its task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    until: Option<i64>,
    since: i64,
    id: Uuid,
}

impl After {
    /// Before all versions that hold still.
    pub(crate) const PRESENT: Self = Self { until: None, since: i64::MIN, id: Uuid::nil() };

    /// Before all versions that ended after the instant `at`.
    pub(crate) const fn ended(at: i64) -> Self {
        Self { until: Some(at), since: i64::MAX, id: Uuid::max() }
    }
}

/// Lists the versions that held at the instant `at`, from one end of the index to the other; whether
/// the task is shown is what it was then.
pub(crate) async fn held_at(
    conn: &mut Conn,
    at: i64,
    after: After,
    limit: u16,
) -> Result<(Vec<(TaskId, BoardTask)>, Option<After>), StoreError> {
    // Rows that hold still stand apart in the index, hence two texts.
    const PRESENT: &str = "
        SELECT task_id AS id, since, until, programme_id, lead_path, stage, due_on, reported_at, recurs,
            self_rating, is_public
        FROM task_history
        WHERE until IS NULL AND since <= $1 AND (since, task_id) > ($2, $3)
        ORDER BY since, task_id
        LIMIT $4";
    const ENDED: &str = "
        SELECT task_id AS id, since, until, programme_id, lead_path, stage, due_on, reported_at, recurs,
            self_rating, is_public
        FROM task_history
        WHERE since <= $1 AND (until, since, task_id) > ($2, $3, $4)
        ORDER BY until, since, task_id
        LIMIT $5";
    let limit_i64 = i64::from(limit);
    let rows = match after.until {
        None => run!(conn, c => sqlx::query_as::<_, VersionRow>(PRESENT)
            .bind(at).bind(after.since).bind(after.id).bind(limit_i64)
            .fetch_all(c).await)?,
        Some(until) => run!(conn, c => sqlx::query_as::<_, VersionRow>(ENDED)
            .bind(at).bind(until).bind(after.since).bind(after.id).bind(limit_i64)
            .fetch_all(c).await)?,
    };
    let next = rows.last().filter(|_| rows.len() == usize::from(limit)).map(|it| After {
        until: it.until,
        since: it.since,
        id: it.row.id,
    });
    let tasks = rows.into_iter().map(|it| it.row.counted()).collect::<Result<_, _>>()?;
    Ok((tasks, next))
}
