//! Table `task_reminders`, and how far the reminding of each task has come.

use chrono::NaiveDate;
use sauro_kernel::TaskId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::bulk;
use crate::model::{Step, Window};

/// What the lead of a task still owes (recurring work is owed period by period), in the words of index `tasks_to_remind`.
macro_rules! owed {
    () => {
        "stage IN ('issued', 'in_progress', 'returned') AND recurs = ''"
    };
}

/// A task whose lead owes a report and has a step of reminding before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owing {
    /// The task.
    pub(crate) task: TaskId,
    /// Its deadline.
    pub(crate) due_on: NaiveDate,
    /// Since when that deadline stands, in microseconds.
    pub(crate) since: i64,
    /// It is owed period by period, each a task of its own with its own deadline.
    pub(crate) is_recurring: bool,
}

/// The words of [`is_any`] and [`take`]: the place of the last step, and the bounds of the deadlines.
pub(super) const FIND: &str = concat!(
    "SELECT id FROM tasks WHERE ",
    owed!(),
    " AND reminded = $1 AND due_on > $2 AND due_on <= $3 ORDER BY due_on, id LIMIT $4"
);

/// Before every deadline.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

/// True when a task has come no further than `place` and its deadline lies in `window`.
///
/// Uses index `tasks_to_remind`.
pub(crate) async fn is_any(
    conn: &mut Conn,
    place: i64,
    window: &Window,
) -> Result<bool, StoreError> {
    let found = run!(conn, c => sqlx::query_scalar::<_, Uuid>(FIND)
        .bind(place)
        .bind(window.after.unwrap_or_else(first_day))
        .bind(window.until)
        .bind(1_i64)
        .fetch_optional(c)
        .await)?;
    Ok(found.is_some())
}

/// Takes at most `limit` of those tasks a step further, to that of `window`, and answers them. Another
/// node that takes the same ones gets none of them.
pub(crate) async fn take(
    conn: &mut Conn,
    place: i64,
    window: &Window,
    limit: u16,
) -> Result<Vec<Owing>, StoreError> {
    const SQL: &str = concat!(
        "UPDATE tasks SET reminded = $5 WHERE id IN (SELECT id FROM tasks WHERE ",
        owed!(),
        " AND reminded = $1 AND due_on > $2 AND due_on <= $3 ORDER BY due_on, id LIMIT $4) AND ",
        owed!(),
        " AND reminded = $1 AND due_on > $2 AND due_on <= $3
        RETURNING id, due_on, COALESCE(due_set_at, issued_at) AS since, recurs"
    );
    let rows: Vec<(Uuid, NaiveDate, i64, String)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(place)
        .bind(window.after.unwrap_or_else(first_day))
        .bind(window.until)
        .bind(i64::from(limit))
        .bind(window.step.place())
        .fetch_all(c)
        .await)?;
    let owing = |(id, due_on, since, recurs): (Uuid, NaiveDate, i64, String)| Owing {
        task: TaskId(id),
        due_on,
        since,
        is_recurring: !recurs.is_empty(),
    };
    Ok(rows.into_iter().map(owing).collect())
}

/// A line of `task_reminders`.
pub(crate) struct Line {
    pub(crate) task: TaskId,
    pub(crate) due_on: NaiveDate,
    pub(crate) step: Step,
    pub(crate) is_sent: bool,
}

/// Writes down steps that nobody has written down before, and answers which those are.
pub(crate) async fn insert(
    conn: &mut Conn,
    lines: &[Line],
    now_us: i64,
) -> Result<Vec<(TaskId, NaiveDate, Step)>, StoreError> {
    let mut fresh = Vec::with_capacity(lines.len());
    for chunk in lines.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 2, 4, |at| {
            format!("(${at}, ${}, ${}, ${}, $1)", at + 1, at + 2, at + 3)
        });
        let sql = format!(
            "INSERT INTO task_reminders (task_id, due_on, step, is_sent, at)
            VALUES {tuples}
            ON CONFLICT (task_id, due_on, step) DO NOTHING
            RETURNING task_id, due_on, step"
        );
        let rows: Vec<(Uuid, NaiveDate, i64)> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(now_us);
            for line in chunk {
                query = query
                    .bind(line.task.0)
                    .bind(line.due_on)
                    .bind(line.step.days())
                    .bind(line.is_sent);
            }
            query.fetch_all(c).await
        })?;
        let step = |(task, due_on, days)| Some((TaskId(task), due_on, Step::of_days(days)?));
        fresh.extend(rows.into_iter().filter_map(step));
    }
    Ok(fresh)
}

/// Counts all steps of deadlines in `window` as told, without telling anybody.
pub(crate) async fn settle(conn: &mut Conn, window: &Window) -> Result<(), StoreError> {
    const SQL: &str = concat!(
        "UPDATE tasks SET reminded = $1 WHERE ",
        owed!(),
        " AND reminded < $1 AND due_on > $2 AND due_on <= $3"
    );
    run!(conn, c => sqlx::query(SQL)
        .bind(window.step.place())
        .bind(window.after.unwrap_or_else(first_day))
        .bind(window.until)
        .execute(c)
        .await
        .map(drop))
}

#[cfg(test)]
mod tests {
    use sauro_store::{Limits, run};
    use sauro_testkit::{day, on_sqlite};
    use sqlx::AssertSqlSafe;

    use super::FIND;

    #[tokio::test]
    async fn a_look_for_reminders_walks_an_index_in_its_own_order() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        let text = format!("EXPLAIN QUERY PLAN {FIND}");
        let rows: Vec<(i64, i64, i64, String)> =
            run!(conn, c => sqlx::query_as(AssertSqlSafe(text))
            .bind(0_i64)
            .bind(day("2026-06-01"))
            .bind(day("2026-06-30"))
            .bind(1_i64)
            .fetch_all(c)
            .await)
            .unwrap();
        let plan = rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("tasks_to_remind (reminded=? AND due_on>? AND due_on<?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
