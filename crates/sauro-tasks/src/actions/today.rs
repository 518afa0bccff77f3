use std::collections::BTreeMap;

use sauro_kernel::{Ctx, Right, Role, TaskId};
use sauro_store::{Conn, Db, StoreError};

use crate::TasksError;
use crate::model::{Moment, Report, ReportState, Stage, Status, Task};
use crate::store;
pub use crate::store::duties::Approval;

/// Longest list.
const AT_MOST: u16 = 50;

/// What a seat owes and what it waits for, most urgent first in each list.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// Returned by the authority: to be done again.
    pub returned: Vec<Duty>,
    /// Not reported done, deadline passed.
    pub overdue: Vec<Duty>,
    /// Not reported done, at most a week left.
    pub due_soon: Vec<Duty>,
    /// Not reported done, more time left.
    pub later: Vec<Duty>,
    /// Reports that wait for this leader to send them.
    pub to_send: Vec<Duty>,
    /// Deliverables reported done that this agency has to look at.
    pub to_verify: Vec<Duty>,
    /// Draft tasks that wait for this leader's approval.
    pub to_approve: Vec<Approval>,
    /// What others have to do before this seat can go on.
    pub waiting: Vec<Duty>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The task.
    pub task: Task,
    /// Where it stands now.
    pub status: Status,
    /// The report it is about, or that was begun.
    pub report: Option<Report>,
}

impl Today {
    /// How many things should be done now.
    pub fn n_urgent(&self) -> usize {
        let lists = [&self.returned, &self.overdue, &self.due_soon, &self.to_send, &self.to_verify];
        lists.into_iter().map(Vec::len).sum::<usize>() + self.to_approve.len()
    }

    /// True when there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.n_urgent() == 0 && self.later.is_empty() && self.waiting.is_empty()
    }
}

/// What the caller's seat owes and waits for.
///
/// # Errors
///
/// What the store says.
pub async fn today(ctx: &Ctx, db: &Db) -> Result<Today, TasksError> {
    let mut conn = db.read().await?;
    let moment = Moment::of(ctx.clock.now());
    let mut today = Today::default();
    let own = ctx.actor.own();
    let (drafts, sends) = (ctx.may(Right::DraftReports, own), ctx.may(Right::SendReports, own));
    if drafts || sends {
        of_lead(ctx, &mut conn, moment, sends, &mut today).await?;
    }
    if ctx.may(Right::VerifyDeliverables, own) {
        today.to_verify = to_verify(ctx, &mut conn, moment).await?;
    }
    if ctx.may(Right::IssueTasks, own) {
        today.to_approve = store::duties::to_approve(&mut conn, ctx.actor.agency, AT_MOST).await?;
    }
    Ok(today)
}

async fn of_lead(
    ctx: &Ctx,
    conn: &mut Conn,
    moment: Moment,
    sends: bool,
    today: &mut Today,
) -> Result<(), StoreError> {
    let agency = ctx.actor.agency;
    let submitted = store::reports::waiting(conn, agency, ReportState::Submitted, AT_MOST).await?;
    let begun = store::reports::waiting(conn, agency, ReportState::Draft, AT_MOST).await?;
    let mut begun: BTreeMap<TaskId, Report> = begun.into_iter().map(|it| (it.task, it)).collect();
    let ids: Vec<TaskId> = submitted.iter().map(|it| it.task).collect();

    for task in store::duties::to_report(conn, agency, AT_MOST).await? {
        if ids.contains(&task.id) {
            continue;
        }
        let duty =
            Duty { status: task.facts().status(moment), report: begun.remove(&task.id), task };
        match duty.status {
            _ if duty.task.stage == Stage::Returned => today.returned.push(duty),
            Status::Overdue => today.overdue.push(duty),
            Status::DueSoon => today.due_soon.push(duty),
            _ => today.later.push(duty),
        }
    }
    let tasks = store::duties::tasks_of(conn, &ids).await?;
    let with_leader = submitted.into_iter().filter_map(|report| {
        let task = tasks.iter().find(|it| it.id == report.task)?.clone();
        Some(Duty { status: task.facts().status(moment), task, report: Some(report) })
    });
    if sends {
        today.to_send.extend(with_leader);
    } else {
        today.waiting.extend(with_leader);
    }
    let reported = store::duties::reported(conn, agency, AT_MOST).await?;
    today.waiting.extend(reported.into_iter().map(|task| duty(task, moment)));
    Ok(())
}

async fn to_verify(ctx: &Ctx, conn: &mut Conn, moment: Moment) -> Result<Vec<Duty>, StoreError> {
    let agency = ctx.actor.agency;
    let mut tasks = store::duties::to_verify(conn, agency, AT_MOST).await?;
    if ctx.actor.role == Role::StandingAgency {
        let issued = store::duties::issued_to_verify(conn, agency, AT_MOST).await?;
        tasks.extend(issued);
        tasks.sort_by_key(|it| (it.due_on, it.id));
        tasks.dedup_by_key(|it| it.id);
        tasks.truncate(usize::from(AT_MOST));
    }
    Ok(tasks.into_iter().map(|task| duty(task, moment)).collect())
}

fn duty(task: Task, moment: Moment) -> Duty {
    Duty { status: task.facts().status(moment), task, report: None }
}
