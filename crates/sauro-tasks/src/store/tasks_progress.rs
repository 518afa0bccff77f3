//! How far tasks and their deliverables have come: tables `tasks` and `deliverables`.
//!
//! Whoever changes a task's progress locks its row first. Changes to one task so follow one another
//! on both engines, and each makes the task's version one higher.

use chrono::NaiveDate;
use sauro_kernel::{ReportId, TaskId};
use sauro_store::{Conn, StoreError, run};

use super::tasks::{TaskRow, task_columns};
use crate::model::{Deliverable, Progress, SelfRating, Stage, Task};

/// Locks the task `id` until the transaction ends, counts a change, and answers the task.
pub(crate) async fn lock(
    conn: &mut Conn,
    id: TaskId,
    now_us: i64,
) -> Result<Option<Task>, StoreError> {
    const SQL: &str = concat!(
        "UPDATE tasks SET version = version + 1, changed_at = $2 WHERE id = $1 RETURNING ",
        task_columns!()
    );
    let row = run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL)
        .bind(id.0)
        .bind(now_us)
        .fetch_optional(c)
        .await)?;
    row.map(Task::try_from).transpose()
}

/// [`lock`], by one of its reports.
pub(crate) async fn lock_of_report(
    conn: &mut Conn,
    report: ReportId,
    now_us: i64,
) -> Result<Option<Task>, StoreError> {
    const SQL: &str = concat!(
        "UPDATE tasks SET version = version + 1, changed_at = $2
         WHERE id = (SELECT r.task_id FROM reports r WHERE r.id = $1)
         RETURNING ",
        task_columns!()
    );
    let row = run!(conn, c => sqlx::query_as::<_, TaskRow>(SQL)
        .bind(report.0)
        .bind(now_us)
        .fetch_optional(c)
        .await)?;
    row.map(Task::try_from).transpose()
}

/// Writes how far a locked task has come after a report.
pub(crate) async fn update_reported(
    conn: &mut Conn,
    id: TaskId,
    progress: &Progress,
    self_rating: Option<SelfRating>,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE tasks
        SET stage = $2, reported_at = $3, verified_at = $4, in_use_at = $5, self_rating = $6, last_report_at = $7
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(progress.stage.code())
        .bind(progress.reported_at)
        .bind(progress.verified_at)
        .bind(progress.in_use_at)
        .bind(self_rating.map_or("", SelfRating::code))
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// Writes how far a locked task has come after a verification.
pub(crate) async fn update_verified(
    conn: &mut Conn,
    id: TaskId,
    progress: &Progress,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE tasks
        SET stage = $2, reported_at = $3, verified_at = $4, in_use_at = $5
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(progress.stage.code())
        .bind(progress.reported_at)
        .bind(progress.verified_at)
        .bind(progress.in_use_at)
        .execute(c)
        .await
        .map(drop))
}

/// Moves the deadline of a locked task and keeps the first one.
pub(crate) async fn update_due(
    conn: &mut Conn,
    id: TaskId,
    due_on: NaiveDate,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE tasks
        SET first_due_on = COALESCE(first_due_on, due_on), due_on = $2
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).bind(due_on).execute(c).await.map(drop))
}

/// Pauses, resumes or cancels a locked task.
pub(crate) async fn update_stage(
    conn: &mut Conn,
    id: TaskId,
    stage: Stage,
    reason: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE tasks SET stage = $2, stage_reason = $3 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(stage.code())
        .bind(reason)
        .execute(c)
        .await
        .map(drop))
}

/// Writes how far a deliverable of a locked task has come.
pub(crate) async fn update_deliverable(
    conn: &mut Conn,
    it: &Deliverable,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE deliverables
        SET stage = $2, reported_at = $3, accepted_at = $4, in_use_at = $5, version = version + 1
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.stage.code())
        .bind(it.reported_at)
        .bind(it.accepted_at)
        .bind(it.in_use_at)
        .execute(c)
        .await
        .map(drop))
}
