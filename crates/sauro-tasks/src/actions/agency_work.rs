use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Over, Right, at_hour};
use sauro_store::Db;

use super::task_list::task_part;
use crate::TasksError;
use crate::model::{Moment, Status, Task, TaskFilter};
use crate::store;

/// Tasks of one list at most.
const MOST: u16 = 200;

/// Reports read at most.
const MOST_REPORTS: i64 = 60;

/// The work of an agency within some days.
#[derive(Debug, Clone, Default)]
pub struct AgencyWork {
    /// Tasks it reported done, last ones first.
    pub done: Vec<(Task, Status)>,
    /// Tasks overdue that were due by the last day.
    pub overdue: Vec<(Task, Status)>,
    /// Tasks due later, up to the day asked for.
    pub due: Vec<(Task, Status)>,
    /// What its reports said: code of the task, results, difficulties, proposals.
    pub said: Vec<(String, String, String, String)>,
}

/// The work of `agency` from `days.0` to `days.1`, and what is due up to `days.2`, as far as the caller may
/// know of it; with `is_all` also that of all it oversees.
///
/// # Errors
///
/// What the store says. A caller who may know nothing of the agency gets nothing.
pub async fn agency_work(
    ctx: &Ctx,
    db: &Db,
    (agency, path): (AgencyId, &AgencyPath),
    days: (NaiveDate, NaiveDate, NaiveDate),
    is_all: bool,
) -> Result<AgencyWork, TasksError> {
    if !ctx.may(Right::ReadTasks, Over { agency, path }) {
        return Ok(AgencyWork::default());
    }
    let (from, to, next) = days;
    let span = (at_hour(from, 0).timestamp_micros(), at_hour(after(to), 0).timestamp_micros());
    let mut conn = db.read().await?;
    let done = store::agency_work::done(&mut conn, agency, span, MOST.into()).await?;
    let said = store::agency_work::said(&mut conn, agency, span, MOST_REPORTS).await?;
    drop(conn);
    let moment = Moment::of(ctx.clock.now());
    let with_status = |task: Task| {
        let status = task.facts().status(moment);
        (task, status)
    };
    let lead = Some(agency).filter(|_| !is_all);
    let overdue = TaskFilter {
        lead,
        status: Some(Status::Overdue),
        due_to: Some(to),
        ..TaskFilter::default()
    };
    let due = TaskFilter {
        lead,
        is_unfinished: true,
        due_from: Some(after(to)),
        due_to: Some(next),
        ..TaskFilter::default()
    };
    Ok(AgencyWork {
        done: done.into_iter().map(with_status).collect(),
        overdue: task_part(ctx, db, &overdue, None, MOST).await?.tasks,
        due: task_part(ctx, db, &due, None, MOST).await?.tasks,
        said,
    })
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}
