use chrono::NaiveDate;
use sauro_journal::{Entry, EntryId};
use sauro_kernel::{AgencyId, Ctx, EvidenceId, Right, TaskId};
use sauro_store::{Conn, Db};

use super::periods::{self, Periods};
use super::reach::{self, Powers};
use crate::TasksError;
use crate::model::{
    Deliverable, Evidence, Explanation, Extension, Moment, Programme, Report, ReportFields,
    ReportItem, ReportState, Rollup, Status, Task, Verification,
};
use crate::store;
use crate::store::evidence::UseRow;

/// Reports shown on a task's page; older ones stay in the timeline.
const REPORTS: u16 = 20;
/// Entries of the timeline shown at once.
const ENTRIES: u16 = 40;

/// A task and all around it, as far as the caller may see.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// The task.
    pub task: Task,
    /// Where it stands now.
    pub status: Status,
    /// Its programme.
    pub programme: Option<Programme>,
    /// Cooperating agencies.
    pub partners: Vec<AgencyId>,
    /// Its deliverables, in order.
    pub deliverables: Vec<Deliverable>,
    /// The sent reports, latest first.
    pub reports: Vec<ReportView>,
    /// The report being written; only for those who write it.
    pub open: Option<ReportView>,
    /// The authority's decisions, latest first.
    pub verifications: Vec<Verification>,
    /// Requests for more time, latest first.
    pub extensions: Vec<Extension>,
    /// Requests to explain, latest first.
    pub explanations: Vec<Explanation>,
    /// What became of the tasks handed down from this one.
    pub children: Roll,
    /// How many of them are verified, and the rule that the task follows them by.
    pub rollup: Rollup,
    /// Of recurring work, the periods that were opened last.
    pub periods: Periods,
    /// The task it was handed down from, if the caller may see it.
    pub parent: Option<Task>,
    /// What happened, latest first.
    pub timeline: Vec<Entry>,
    /// What the caller may do.
    pub powers: Powers,
}

/// A report with what belongs to it.
#[derive(Debug, Clone)]
pub struct ReportView {
    /// The report.
    pub report: Report,
    /// What it says of each deliverable.
    pub items: Vec<ReportItem>,
    /// Its evidence.
    pub evidence: Vec<Shown>,
}

/// A piece of evidence, and whether its file was used before.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The evidence.
    pub evidence: Evidence,
    /// The first report that used the same file.
    pub used_before: Option<Reuse>,
}

/// An earlier use of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reuse {
    /// Code of its task and receipt of its report; none when the caller may not see that task.
    pub place: Option<(String, String)>,
    /// When that report was sent, in microseconds.
    pub sent_at: i64,
}

/// How many of some tasks stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roll {
    /// All.
    pub total: i64,
    /// Verified, reported in time.
    pub done_on_time: i64,
    /// Verified, reported late.
    pub done_late: i64,
    /// Not done, more time left; or reported in time.
    pub in_time: i64,
    /// Not done, deadline near.
    pub due_soon: i64,
    /// Not done, too late.
    pub overdue: i64,
    /// Paused or cancelled.
    pub not_assessable: i64,
}

/// The task `code` and all around it.
///
/// # Errors
///
/// [`TasksError::NotFound`] for a task that is not there or out of reach.
pub async fn task_view(ctx: &Ctx, db: &Db, code: &str) -> Result<TaskView, TasksError> {
    let mut conn = db.read().await?;
    let task = reach::task_of_code(ctx, &mut conn, code).await?;
    let powers = Powers::of(ctx, &task);
    let moment = Moment::of(ctx.clock.now());
    let reports = reports_of(ctx, &mut conn, &task, powers).await?;
    let (open, reports) =
        reports.into_iter().partition::<Vec<_>, _>(|it| it.report.sent_at.is_none());
    let subject = format!("task/{}", task.id);
    let parent = match task.parent {
        Some(parent) => visible(ctx, &mut conn, parent).await?,
        None => None,
    };
    let periods = match task.cycle() {
        Some(_) => periods::read(&mut conn, &task, moment, None, periods::IN_TASK).await?,
        None => Periods::default(),
    };
    Ok(TaskView {
        status: task.facts().status(moment),
        programme: store::programmes::find(&mut conn, task.programme).await?,
        partners: store::partners::of_task(&mut conn, task.id).await?,
        deliverables: store::deliverables::of_task(&mut conn, task.id).await?,
        reports,
        open: open.into_iter().next(),
        verifications: store::verifications::of_task(&mut conn, task.id).await?,
        extensions: store::extensions::of_task(&mut conn, task.id).await?,
        explanations: store::explanations::of_task(&mut conn, task.id).await?,
        children: roll(&mut conn, task.id, moment).await?,
        rollup: store::rollups::of_task(&mut conn, task.id).await?,
        periods,
        parent,
        timeline: told(powers, sauro_journal::history(&mut conn, &subject, None, ENTRIES).await?),
        powers,
        task,
    })
}

/// What happened to the task `code` before `before`, latest first.
///
/// # Errors
///
/// As [`task_view`].
pub async fn task_history(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    before: EntryId,
) -> Result<(Task, Vec<Entry>), TasksError> {
    let mut conn = db.read().await?;
    let task = reach::task_of_code(ctx, &mut conn, code).await?;
    let subject = format!("task/{}", task.id);
    let entries = sauro_journal::history(&mut conn, &subject, Some(before), ENTRIES).await?;
    let powers = Powers::of(ctx, &task);
    Ok((task, told(powers, entries)))
}

/// What happens to a report before it is sent is the lead's own matter.
fn told(powers: Powers, entries: Vec<Entry>) -> Vec<Entry> {
    const INTERNAL: [&str; 4] =
        ["EvidenceAdded", "EvidenceRemoved", "ReportSubmitted", "ReportHandedBack"];
    let is_told = |it: &Entry| powers.is_of_lead() || !INTERNAL.contains(&it.kind.as_str());
    entries.into_iter().filter(is_told).collect()
}

/// A file to hand out: its evidence, if the caller may see it.
///
/// # Errors
///
/// [`TasksError::NotFound`] for evidence that is not there or out of reach.
pub async fn find_evidence(ctx: &Ctx, db: &Db, id: EvidenceId) -> Result<Evidence, TasksError> {
    let mut conn = db.read().await?;
    let Some(evidence) = store::evidence::find(&mut conn, id).await? else {
        return Err(TasksError::NotFound("evidence"));
    };
    let task = reach::task(ctx, &mut conn, evidence.task).await?;
    let report = store::reports::find(&mut conn, evidence.report).await?;
    let is_sent = report.is_some_and(|it| it.sent_at.is_some());
    if is_sent || Powers::of(ctx, &task).is_of_lead() {
        Ok(evidence)
    } else {
        Err(TasksError::NotFound("evidence"))
    }
}

/// The fields of the report that is being written for `task`, as last saved.
pub fn fields_of_view(view: &ReportView) -> ReportFields {
    super::save_report::fields_of(&view.report, view.items.clone())
}

async fn visible(ctx: &Ctx, conn: &mut Conn, task: TaskId) -> Result<Option<Task>, TasksError> {
    match reach::task(ctx, conn, task).await {
        Ok(task) => Ok(Some(task)),
        Err(TasksError::NotFound(_)) => Ok(None),
        Err(err) => Err(err),
    }
}

async fn reports_of(
    ctx: &Ctx,
    conn: &mut Conn,
    task: &Task,
    powers: Powers,
) -> Result<Vec<ReportView>, TasksError> {
    let mut reports = store::reports::sent_of_task(conn, task.id, REPORTS).await?;
    if powers.is_of_lead() {
        reports.extend(store::reports::open_of_task(conn, task.id).await?);
    }
    let items = store::report_items::of_task(conn, task.id).await?;
    let evidence = store::evidence::of_task(conn, task.id).await?;
    let mut views = Vec::with_capacity(reports.len());
    for report in reports {
        let of_report =
            items.iter().filter(|(id, _)| *id == report.id).map(|(_, item)| item.clone());
        let mut shown = Vec::new();
        for piece in evidence.iter().rev().filter(|it| it.report == report.id) {
            let used_before = used_before(ctx, conn, piece, &report).await?;
            shown.push(Shown { evidence: piece.clone(), used_before });
        }
        views.push(ReportView { items: of_report.collect(), evidence: shown, report });
    }
    Ok(views)
}

/// The first report with the same file, when that one was sent before this one.
async fn used_before(
    ctx: &Ctx,
    conn: &mut Conn,
    evidence: &Evidence,
    report: &Report,
) -> Result<Option<Reuse>, TasksError> {
    let Some(hash) = &evidence.file_hash else { return Ok(None) };
    let Some(first) = store::evidence::first_use(conn, hash, report.id).await? else {
        return Ok(None);
    };
    if report.sent_at.is_some_and(|at| first.sent_at >= at) {
        return Ok(None);
    }
    let UseRow { task_id, task_code, receipt, sent_at } = first;
    let is_seen =
        task_id == evidence.task.0 || visible(ctx, conn, TaskId(task_id)).await?.is_some();
    Ok(Some(Reuse { place: is_seen.then_some((task_code, receipt)), sent_at }))
}

async fn roll(conn: &mut Conn, task: TaskId, moment: Moment) -> Result<Roll, TasksError> {
    let mut roll = Roll::default();
    for (facts, n) in store::task_lists::counts_of_children(conn, task, moment).await? {
        roll.total += n;
        match facts.status(moment) {
            Status::DoneOnTime => roll.done_on_time += n,
            Status::DoneLate => roll.done_late += n,
            Status::Overdue => roll.overdue += n,
            Status::DueSoon => roll.due_soon += n,
            Status::InTime => roll.in_time += n,
            Status::NotAssessable => roll.not_assessable += n,
        }
    }
    Ok(roll)
}

impl TaskView {
    /// True when the report being written still holds only what it took over from the last one.
    pub fn is_carried_over(&self) -> bool {
        let is_fresh = self.open.as_ref().is_some_and(|it| it.report.version == 1);
        is_fresh && !self.reports.is_empty()
    }

    /// True when a report waits for the leader.
    pub fn is_submitted(&self) -> bool {
        self.open.as_ref().is_some_and(|it| it.report.state == ReportState::Submitted)
    }

    /// The deliverables that wait for the authority.
    pub fn to_verify(&self) -> impl Iterator<Item = &Deliverable> {
        self.deliverables.iter().filter(|it| it.stage == crate::model::DeliverableStage::Reported)
    }

    /// The day by which the task is due.
    pub fn due_on(&self) -> NaiveDate {
        self.task.due_on
    }
}

/// Finds the task `code`, for pages that need no more.
///
/// # Errors
///
/// As [`task_view`].
pub async fn find_task(ctx: &Ctx, db: &Db, code: &str) -> Result<Task, TasksError> {
    reach::task_of_code(ctx, &mut db.read().await?, code).await
}

/// The task `id` with its deliverables, for processes that act on many tasks.
///
/// # Errors
///
/// As [`task_view`].
pub async fn task_with_deliverables(
    ctx: &Ctx,
    db: &Db,
    id: TaskId,
) -> Result<(Task, Vec<Deliverable>), TasksError> {
    let mut conn = db.read().await?;
    let found = store::tasks::find(&mut conn, id).await?;
    let task = reach::seen(ctx, &mut conn, found).await?;
    let deliverables = store::deliverables::of_task(&mut conn, id).await?;
    Ok((task, deliverables))
}

/// The deliverables of the task `code`.
///
/// # Errors
///
/// As [`task_view`].
pub async fn deliverables_of(
    ctx: &Ctx,
    db: &Db,
    code: &str,
) -> Result<Vec<Deliverable>, TasksError> {
    let mut conn = db.read().await?;
    let task = reach::task_of_code(ctx, &mut conn, code).await?;
    Ok(store::deliverables::of_task(&mut conn, task.id).await?)
}

/// True when the caller may read tasks of agencies below its own.
pub(crate) fn reads_below(ctx: &Ctx) -> bool {
    sauro_kernel::may(ctx.actor.role, Right::ReadTasks, sauro_kernel::Relation::Below)
}
