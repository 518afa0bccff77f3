//! Who may see a task, and who may do what with it.

use sauro_kernel::{Ctx, Denied, Over, Relation, ReportId, Right, Role, TaskId};
use sauro_store::Conn;

use crate::TasksError;
use crate::model::{Report, Stage, Task};
use crate::store;

/// What the caller may do with a task, for pages that show only what works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Powers {
    /// Draft its reports.
    pub drafts: bool,
    /// Send its reports.
    pub sends: bool,
    /// Accept and return its deliverables.
    pub verifies: bool,
    /// Hand it down to agencies below.
    pub hands_down: bool,
    /// Decide on more time, pause, resume and cancel it.
    pub amends: bool,
    /// Urge its lead and ask it to explain.
    pub presses: bool,
}

impl Powers {
    /// The powers of the caller over `task`.
    pub fn of(ctx: &Ctx, task: &Task) -> Self {
        let lead = over_lead(task);
        Self {
            drafts: ctx.may(Right::DraftReports, lead),
            sends: ctx.may(Right::SendReports, lead),
            verifies: must_verify(ctx, task).is_ok(),
            hands_down: ctx.may(Right::HandDownTasks, lead),
            amends: must_amend(ctx, task).is_ok(),
            presses: must_press(ctx, task).is_ok(),
        }
    }

    /// True for those who work on the report before it is sent.
    pub fn is_of_lead(self) -> bool {
        self.drafts || self.sends
    }
}

pub(crate) fn over_lead(task: &Task) -> Over<'_> {
    Over { agency: task.lead, path: &task.lead_path }
}

fn over_issuer(task: &Task) -> Over<'_> {
    Over { agency: task.issuer, path: &task.issuer_path }
}

fn over_authority(task: &Task) -> Over<'_> {
    Over { agency: task.authority, path: &task.authority_path }
}

/// Finds the task `id`, if the caller may know of it.
pub(crate) async fn task(ctx: &Ctx, conn: &mut Conn, id: TaskId) -> Result<Task, TasksError> {
    let task = store::tasks::find(conn, id).await?;
    seen(ctx, conn, task).await
}

/// Finds the task with the public code `code`, if the caller may know of it.
pub(crate) async fn task_of_code(
    ctx: &Ctx,
    conn: &mut Conn,
    code: &str,
) -> Result<Task, TasksError> {
    let task = store::tasks::find_by_code(conn, code).await?;
    seen(ctx, conn, task).await
}

/// The task, if it is there and the caller may know of it. The answer is the same otherwise.
pub(crate) async fn seen(
    ctx: &Ctx,
    conn: &mut Conn,
    task: Option<Task>,
) -> Result<Task, TasksError> {
    let Some(task) = task else { return Err(TasksError::NotFound("task")) };
    let sides = [over_lead(&task), over_issuer(&task), over_authority(&task)];
    let is_seen = sides.into_iter().any(|over| ctx.may(Right::ReadTasks, over))
        || must_verify(ctx, &task).is_ok()
        || (ctx.may(Right::ReadTasks, ctx.actor.own())
            && store::partners::of_task(conn, task.id).await?.contains(&ctx.actor.agency));
    if is_seen {
        return Ok(task);
    }
    tracing::warn!(
        task.id = %task.id,
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        "someone asked for a task outside their scope"
    );
    Err(TasksError::NotFound("task"))
}

/// Locks the task of `report` and reads both, if the caller belongs to those who write it.
pub(crate) async fn locked_report(
    ctx: &Ctx,
    conn: &mut Conn,
    report: ReportId,
) -> Result<(Task, Report), TasksError> {
    let task = store::tasks_progress::lock_of_report(conn, report, ctx.now_us()).await?;
    let task = seen(ctx, conn, task).await?;
    let report = written(ctx, conn, &task, report).await?;
    Ok((task, report))
}

/// Reads a report and its task, if the caller belongs to those who write it.
pub(crate) async fn report(
    ctx: &Ctx,
    conn: &mut Conn,
    report: ReportId,
) -> Result<(Task, Report), TasksError> {
    let Some(found) = store::reports::find(conn, report).await? else {
        return Err(TasksError::NotFound("report"));
    };
    let task = task(ctx, conn, found.task).await?;
    may_write(ctx, &task)?;
    Ok((task, found))
}

async fn written(
    ctx: &Ctx,
    conn: &mut Conn,
    task: &Task,
    id: ReportId,
) -> Result<Report, TasksError> {
    may_write(ctx, task)?;
    store::reports::find(conn, id).await?.ok_or(TasksError::NotFound("report"))
}

/// Unsent reports are for those who write them: anybody else does not know of them.
fn may_write(ctx: &Ctx, task: &Task) -> Result<(), TasksError> {
    if Powers::of(ctx, task).is_of_lead() { Ok(()) } else { Err(TasksError::NotFound("report")) }
}

/// `Ok` when the caller may verify the deliverables of `task`.
///
/// That is the authority; and the standing agency of the issuer. Never the lead itself.
pub(crate) fn must_verify(ctx: &Ctx, task: &Task) -> Result<(), Denied> {
    let right = Right::VerifyDeliverables;
    if ctx.actor.agency == task.lead {
        return Err(Denied { role: ctx.actor.role, right, relation: Relation::Own });
    }
    // The programme says who of the authority accepts.
    if task.verifier_role.is_some_and(|it| it != ctx.actor.role) && ctx.actor.role != Role::System {
        let relation = ctx.actor.relation_to(over_authority(task));
        return Err(Denied { role: ctx.actor.role, right, relation });
    }
    if ctx.actor.role == Role::StandingAgency && ctx.actor.agency == task.issuer {
        return ctx.require(right, over_issuer(task));
    }
    ctx.require(right, over_authority(task))
}

/// `Ok` when the caller may decide on more time for `task`, pause, resume and cancel it: the issuer.
pub(crate) fn must_amend(ctx: &Ctx, task: &Task) -> Result<(), Denied> {
    ctx.require(Right::AmendTasks, over_issuer(task))
}

/// `Ok` when the caller may urge the lead of `task` and ask it to explain: whoever oversees the lead,
/// the issuer and the authority. Never the lead itself.
pub(crate) fn must_press(ctx: &Ctx, task: &Task) -> Result<(), Denied> {
    let right = Right::PressTasks;
    if ctx.actor.agency == task.lead {
        return Err(Denied { role: ctx.actor.role, right, relation: Relation::Own });
    }
    let sides = [over_issuer(task), over_authority(task)];
    if sides.into_iter().any(|over| over.agency == ctx.actor.agency && ctx.may(right, over)) {
        return Ok(());
    }
    ctx.require(right, over_lead(task))
}

/// `Ok` while a task takes reports and verifications.
pub(crate) fn must_run(task: &Task) -> Result<(), TasksError> {
    match task.stage {
        Stage::Paused => Err(TasksError::WrongState(
            "Nhiệm vụ đang tạm dừng nên chưa nhận báo cáo. Liên hệ cơ quan giao nhiệm vụ để mở lại.",
        )),
        Stage::Cancelled => {
            Err(TasksError::WrongState("Nhiệm vụ đã hủy nên không nhận báo cáo nữa."))
        }
        _ => Ok(()),
    }
}

/// `Ok` while a new report on the task itself may be begun: recurring work is reported period by period.
pub(crate) fn must_take_reports(task: &Task) -> Result<(), TasksError> {
    must_run(task)?;
    if task.cycle().is_some() {
        return Err(TasksError::WrongState(
            "Nhiệm vụ này lặp lại theo kỳ nên báo cáo ở từng kỳ. Mở kỳ đang làm trong danh sách kỳ của nhiệm vụ.",
        ));
    }
    Ok(())
}
