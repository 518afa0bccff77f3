use std::collections::HashMap;

use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{Ctx, Right, TaskId};
use sauro_store::Db;

use super::reach;
use super::task_list::{task_count, task_part};
use super::today::{Entry, Group, today};
use crate::TasksError;
use crate::jobs::LiveBoard;
use crate::model::{Audience, Counts, Moment, Section, Status, Task, TaskFilter};
use crate::store;
pub use crate::store::reasons::Reason;

/// Late tasks told of in full.
const TOLD: u16 = 5;
/// Agencies named.
const NAMED: usize = 6;

/// What a leader decides, what is late, who and why.
#[derive(Debug, Clone)]
pub struct LeaderView {
    /// What waits for a decision, most urgent first.
    pub decisions: Vec<Group>,
    /// The tasks that have been late longest.
    pub late: Vec<Late>,
    /// How many are late; more than a thousand are not counted on.
    pub n_late: i64,
    /// What is known of the tasks that are decided on.
    pub reasons: HashMap<TaskId, Reason>,
    /// The figures of all that the seat oversees.
    pub counts: Counts,
    /// The agencies directly below with most tasks overdue.
    pub agencies: Vec<LateAgency>,
}

/// A late task.
#[derive(Debug, Clone)]
pub struct Late {
    /// The task.
    pub task: Task,
    /// Its status: overdue.
    pub status: Status,
    /// What is known of why.
    pub reason: Reason,
    /// This seat may urge the lead and ask it to explain.
    pub may_press: bool,
}

/// An agency, with all below it, that is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateAgency {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The figures of it and all below it.
    pub counts: Counts,
}

impl LeaderView {
    /// How many decisions wait.
    pub fn n_decisions(&self) -> i64 {
        self.decisions.iter().map(|it| it.count).sum()
    }
}

/// The sections of the day that only a leader can clear.
const DECIDED: [Section; 5] =
    [Section::ToExplain, Section::ToExtend, Section::ToApprove, Section::ToSend, Section::ToRead];

/// The two minutes of a leader: what to decide, what is late, who and why.
///
/// # Errors
///
/// [`TasksError::Denied`] for everyone else.
pub async fn leader_view(
    ctx: &Ctx,
    db: &Db,
    live: &LiveBoard,
    places: &Directory,
) -> Result<LeaderView, TasksError> {
    ctx.require(Right::IssueTasks, ctx.actor.own())?;
    let mut decisions = today(ctx, db).await?.groups;
    decisions.retain(|it| DECIDED.contains(&it.section));
    let filter = TaskFilter { status: Some(Status::Overdue), ..TaskFilter::default() };
    let late = task_part(ctx, db, &filter, None, TOLD).await?.tasks;
    let n_late = task_count(ctx, db, &filter).await?;
    let mut ids: Vec<TaskId> = late.iter().map(|(task, _)| task.id).collect();
    ids.extend(decisions.iter().flat_map(|it| &it.entries).filter_map(|it| match it {
        Entry::Task(duty) => Some(duty.task.id),
        _ => None,
    }));
    ids.sort_unstable();
    ids.dedup();
    let mut conn = db.read().await?;
    let reasons = store::reasons::of_tasks(&mut conn, &ids, ctx.actor.agency, ctx.today()).await?;
    let late = late.into_iter().map(|(task, status)| Late {
        status,
        reason: reasons.get(&task.id).cloned().unwrap_or_default(),
        may_press: reach::must_press(ctx, &task).is_ok(),
        task,
    });
    let late = late.collect();
    let moment = Moment::of(ctx.clock.now());
    let scope = &ctx.actor.scope;
    let (counts, agencies) = live
        .look(|board| {
            let of = |path: &str| board.counts(Audience::Everything, None, path, moment);
            let line = |it: &Agency| LateAgency {
                code: it.code.clone(),
                name: it.name.clone(),
                counts: of(it.path.as_str()),
            };
            let n_segments = scope.as_str().split('/').count() + 1;
            let is_below = |it: &&Agency| {
                !it.is_group
                    && scope.covers(&it.path)
                    && it.path.as_str().split('/').count() == n_segments
            };
            let lines = places.all().iter().filter(is_below).map(line);
            (of(scope.as_str()), latest(lines.collect()))
        })
        .await;
    Ok(LeaderView { decisions, late, n_late, reasons, counts, agencies })
}

/// Those with most tasks overdue, worst first.
fn latest(mut all: Vec<LateAgency>) -> Vec<LateAgency> {
    all.retain(|it| it.counts.open_overdue > 0);
    all.sort_by(|a, b| {
        let key = |it: &LateAgency| (-it.counts.open_overdue, it.counts.dated);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    all.truncate(NAMED);
    all
}
