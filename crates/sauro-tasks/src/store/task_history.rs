//! Table `task_history`, which triggers write: what each task was at a past instant.

use sauro_kernel::TaskId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::result_lists::ListRow;
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

/// When the first task was issued, in microseconds: codes are given in that order.
pub(crate) async fn first_issued_at(conn: &mut Conn) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT issued_at FROM tasks ORDER BY code, id LIMIT 1";
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).fetch_optional(c).await)
}

/// What lists show of the tasks `ids` as they were at the instant `at`. Whether a task is shown to the
/// public is what it is now.
pub(crate) async fn listed_at(
    conn: &mut Conn,
    ids: &[Uuid],
    at: i64,
) -> Result<Vec<ListRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = places_after(1, ids.len());
    let sql = format!(
        "SELECT tasks.id, tasks.code, tasks.work, it.lead_agency_id, it.lead_path, it.due_on, it.stage,
            it.self_rating, it.recurs, it.reported_at, tasks.is_public,
            (SELECT MAX(reports.sent_at) FROM reports
                WHERE reports.task_id = tasks.id AND reports.sent_at <= $1) AS last_report_at
        FROM task_history AS it
        JOIN tasks ON tasks.id = it.task_id
        WHERE it.task_id IN ({places}) AND it.since <= $1 AND (it.until IS NULL OR it.until > $1)
        ORDER BY it.task_id
        LIMIT {}",
        ids.len()
    );
    run!(conn, c => {
        let mut query = sqlx::query_as::<_, ListRow>(AssertSqlSafe(sql)).bind(at);
        for id in ids {
            query = query.bind(id);
        }
        query.fetch_all(c).await
    })
}

/// How many deliverables each of the tasks `ids` has, and how many of them had been accepted at `at`.
pub(crate) async fn accepted_at(
    conn: &mut Conn,
    ids: &[Uuid],
    at: i64,
) -> Result<Vec<(Uuid, i64, i64)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = places_after(1, ids.len());
    let sql = format!(
        "SELECT it.task_id, COUNT(*), COUNT(CASE WHEN (
            SELECT verifications.decision FROM verifications
            WHERE verifications.task_id = it.task_id AND verifications.deliverable_id = it.id
                AND verifications.decided_at <= $1
            ORDER BY verifications.decided_at DESC, verifications.id DESC LIMIT 1
        ) IN ('accepted', 'in_use') THEN 1 END)
        FROM deliverables AS it
        WHERE it.task_id IN ({places})
        GROUP BY it.task_id ORDER BY it.task_id LIMIT {}",
        ids.len()
    );
    run!(conn, c => {
        let mut query = sqlx::query_as::<_, (Uuid, i64, i64)>(AssertSqlSafe(sql)).bind(at);
        for id in ids {
            query = query.bind(id);
        }
        query.fetch_all(c).await
    })
}

fn places_after(taken: usize, n: usize) -> String {
    (taken + 1..=taken + n).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
