//! Table `task_cycles`: where each recurring task stands, and the periods that were opened.

use chrono::NaiveDate;
use sauro_kernel::TaskId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::tasks::{TaskRow, task_columns};
use crate::model::Task;

/// The day on which nothing is opened any more.
pub(crate) fn never() -> NaiveDate {
    super::duties::last_day()
}

/// Lists the recurring tasks with a period to open on or before `today`, longest waiting first.
///
/// Uses index `task_cycles_by_opening`.
pub(crate) async fn waiting(
    conn: &mut Conn,
    today: NaiveDate,
    limit: u16,
) -> Result<Vec<TaskId>, StoreError> {
    const SQL: &str = "
        SELECT task_id FROM task_cycles WHERE opens_on <= $1 ORDER BY opens_on, task_id LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(today)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(TaskId).collect())
}

/// Locks the cycle of `task` until the transaction ends, and answers from which day on its periods are
/// to be opened; `None` when there is none to open by `today`.
pub(crate) async fn lock(
    conn: &mut Conn,
    task: TaskId,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    const SQL: &str = "
        UPDATE task_cycles SET opens_on = opens_on WHERE task_id = $1 AND opens_on <= $2 RETURNING from_on";
    run!(conn, c => sqlx::query_scalar(SQL).bind(task.0).bind(today).fetch_optional(c).await)
}

/// Says which period of `task` comes next.
pub(crate) async fn update(
    conn: &mut Conn,
    task: TaskId,
    from_on: NaiveDate,
    opens_on: NaiveDate,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE task_cycles SET from_on = $2, opens_on = $3 WHERE task_id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(task.0)
        .bind(from_on)
        .bind(opens_on)
        .execute(c)
        .await
        .map(drop))
}

/// Lets a cycle that stood still go on at `today`; periods of the time between are not opened.
pub(crate) async fn restart(
    conn: &mut Conn,
    task: TaskId,
    today: NaiveDate,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE task_cycles
        SET from_on = CASE WHEN from_on < $2 THEN $2 ELSE from_on END, opens_on = $2
        WHERE task_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(task.0).bind(today).execute(c).await.map(drop))
}

/// Moves the present deadline of a recurring task on to that of its latest period.
pub(crate) async fn update_present(
    conn: &mut Conn,
    task: TaskId,
    due_on: NaiveDate,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE tasks SET due_on = $2, changed_at = $3, version = version + 1 WHERE id = $1 AND due_on <> $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(task.0)
        .bind(due_on)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// True when the period `code` of `task` was opened already.
pub(crate) async fn is_open(conn: &mut Conn, task: TaskId, code: &str) -> Result<bool, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM tasks WHERE parent_id = $1 AND period = $2 AND period <> ''";
    let n: i64 =
        run!(conn, c => sqlx::query_scalar(SQL).bind(task.0).bind(code).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Lists the periods of `task` that were opened, latest due first, before (`before`, `before_id`).
///
/// Uses index `tasks_of_period`.
pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
    before: (NaiveDate, Uuid),
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        task_columns!(),
        " FROM tasks
        WHERE parent_id = $1 AND period <> '' AND (due_on < $2 OR (due_on = $2 AND id < $3))
        ORDER BY due_on DESC, id DESC
        LIMIT $4"
    );
    let rows = run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL)
        .bind(task.0)
        .bind(before.0)
        .bind(before.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Task::try_from).collect()
}
