//! The periods of a recurring task that were opened.

use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::{Conn, Db};
use uuid::Uuid;

use super::reach;
use crate::TasksError;
use crate::model::{Moment, Stage, Status, Task};
use crate::store;

/// Periods shown on the task's own page.
pub(super) const IN_TASK: u16 = 12;

/// Periods on a page of their own.
const IN_PAGE: u16 = 60;

/// Some periods of a recurring task, latest first.
#[derive(Debug, Clone, Default)]
pub struct Periods {
    /// Each with where it stands now.
    pub shown: Vec<(Task, Status)>,
    /// Where the next page begins, if there is one.
    pub next: Option<(NaiveDate, Uuid)>,
}

impl Periods {
    /// The period to report on: of those shown the first that is still owed, else the latest.
    pub fn to_report(&self) -> Option<&Task> {
        let is_owed =
            |it: &&Task| matches!(it.stage, Stage::Issued | Stage::InProgress | Stage::Returned);
        let mut tasks = self.shown.iter().map(|(task, _)| task);
        tasks.clone().rev().find(is_owed).or_else(|| tasks.next())
    }
}

/// The recurring task `code` and its periods before the place `before`, latest first.
///
/// # Errors
///
/// [`TasksError::NotFound`] for a task that is not there, out of reach, or does not come back.
pub async fn periods(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    before: Option<(NaiveDate, Uuid)>,
) -> Result<(Task, Periods), TasksError> {
    let mut conn = db.read().await?;
    let task = reach::task_of_code(ctx, &mut conn, code).await?;
    if task.cycle().is_none() {
        return Err(TasksError::NotFound("cycle"));
    }
    let moment = Moment::of(ctx.clock.now());
    let periods = read(&mut conn, &task, moment, before, IN_PAGE).await?;
    Ok((task, periods))
}

/// The period of `task` to report on; none for a task that does not come back.
///
/// # Errors
///
/// What the store says.
pub async fn period_to_report(ctx: &Ctx, db: &Db, task: &Task) -> Result<Option<Task>, TasksError> {
    if task.cycle().is_none() {
        return Ok(None);
    }
    let moment = Moment::of(ctx.clock.now());
    let found = read(&mut db.read().await?, task, moment, None, IN_TASK).await?;
    Ok(found.to_report().cloned())
}

pub(super) async fn read(
    conn: &mut Conn,
    task: &Task,
    moment: Moment,
    before: Option<(NaiveDate, Uuid)>,
    limit: u16,
) -> Result<Periods, TasksError> {
    let before = before.unwrap_or((store::cycles::never(), Uuid::max()));
    let mut tasks = store::cycles::of_task(conn, task.id, before, limit + 1).await?;
    let has_more = tasks.len() > usize::from(limit);
    tasks.truncate(usize::from(limit));
    let last = tasks.last().map(|it| (it.due_on, it.id.0));
    let shown = tasks.into_iter().map(|it| (it.facts().status(moment), it));
    let shown = shown.map(|(status, task)| (task, status)).collect();
    Ok(Periods { shown, next: last.filter(|_| has_more) })
}
