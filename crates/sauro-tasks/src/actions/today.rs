use std::collections::BTreeMap;

use sauro_kernel::{Ctx, DeliverableId, Right, Role, TaskId};
use sauro_store::{Conn, Db, StoreError};

use crate::TasksError;
use crate::model::{
    Draft, DraftState, Explanation, Extension, Moment, Place, Report, ReportState, Section, Status,
    StatusFacts, Task, Urgency,
};
use crate::store;
pub use crate::store::duties::Approval;
use crate::store::duties::{Owed, Verifier};
pub use crate::store::duty_marks::Begun;

/// Lines of a section shown among the others.
const IN_DAY: u16 = 6;

/// Lines of a section on a page of its own.
const IN_PAGE: u16 = 25;

/// What a seat owes and what it waits for, most urgent first. Sections without anything are left out.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// The sections, each with its first lines.
    pub groups: Vec<Group>,
}

/// A section with some of its lines.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which.
    pub section: Section,
    /// How many lines it has in all; more than a thousand are not counted on.
    pub count: i64,
    /// Those shown.
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// One line.
#[derive(Debug, Clone)]
pub enum Entry {
    /// Something to do with a task.
    Task(Box<Duty>),
    /// The drafts of one directive.
    Approval(Approval),
    /// One draft.
    Draft(Box<Draft>),
}

/// Something to do with a task.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The task.
    pub task: Task,
    /// Where it stands now.
    pub status: Status,
    /// The report that waits for the leader.
    pub report: Option<Report>,
    /// The report that was begun.
    pub begun: Option<Begun>,
    /// The deliverables to look at: id, place in the task, name.
    pub reported: Vec<(DeliverableId, i64, String)>,
    /// The request to explain that it is about.
    pub explanation: Option<Explanation>,
    /// The request for more time that it is about.
    pub extension: Option<Extension>,
}

impl Today {
    /// How many things should be done now.
    pub fn n_urgent(&self) -> i64 {
        let now = self.groups.iter().filter(|it| it.section.urgency() == Urgency::Now);
        now.map(|it| it.count).sum()
    }

    /// How many lines `section` has.
    pub fn count(&self, section: Section) -> i64 {
        self.groups.iter().find(|it| it.section == section).map_or(0, |it| it.count)
    }
}

/// What the caller's seat owes and waits for. The number of queries depends on the seat's role, not
/// on how much there is.
///
/// # Errors
///
/// What the store says.
pub async fn today(ctx: &Ctx, db: &Db) -> Result<Today, TasksError> {
    let mut desk = Desk::open(ctx, db).await?;
    let mut today = Today::default();
    for (section, count) in desk.counts(None).await? {
        if count == 0 {
            continue;
        }
        let (entries, next) = match section {
            Section::ToApprove => (desk.approvals().await?, None),
            _ => desk.lines(section, Place::START, IN_DAY, None).await?,
        };
        today.groups.push(Group { section, count, entries, next });
    }
    Ok(today)
}

/// One page of a section of the caller's day, after the place `after`; of what is to be verified
/// only what was handed down from `parent`, if that is given.
///
/// # Errors
///
/// [`TasksError::Denied`] without the right that the section is about; [`TasksError::NotFound`] for
/// one that is not the caller's.
pub async fn duties(
    ctx: &Ctx,
    db: &Db,
    section: Section,
    after: Place,
    parent: Option<TaskId>,
) -> Result<Group, TasksError> {
    ctx.require(right_of(section), ctx.actor.own())?;
    let mut desk = Desk::open(ctx, db).await?;
    let counts = desk.counts(Some(right_of(section))).await?;
    let found = counts.into_iter().find(|it| it.0 == section);
    let (_, count) = found.ok_or(TasksError::NotFound("section"))?;
    let (entries, next) = desk.lines(section, after, IN_PAGE, parent).await?;
    Ok(Group { section, count, entries, next })
}

/// The right that `section` is about.
pub(super) fn right_of(section: Section) -> Right {
    match section {
        Section::ToSend => Right::SendReports,
        Section::ToVerify => Right::VerifyDeliverables,
        Section::ToApprove => Right::IssueTasks,
        Section::ToExplain | Section::Extending => Right::SendReports,
        Section::ToExtend => Right::AmendTasks,
        Section::ToRead => Right::PressTasks,
        _ => Right::DraftReports,
    }
}

/// The seat that looks, and the connection it looks through.
pub(super) struct Desk<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) conn: Conn,
    moment: Moment,
}

impl<'a> Desk<'a> {
    async fn open(ctx: &'a Ctx, db: &Db) -> Result<Self, StoreError> {
        Ok(Self { ctx, conn: db.read().await?, moment: Moment::of(ctx.clock.now()) })
    }

    pub(super) fn may(&self, right: Right) -> bool {
        self.ctx.may(right, self.ctx.actor.own())
    }

    fn verifier(&self, parent: Option<TaskId>) -> Verifier {
        let role = self.ctx.actor.role;
        let is_standing = role == Role::StandingAgency;
        Verifier { agency: self.ctx.actor.agency, role, is_standing, parent }
    }

    /// The sections of this seat, in the order of the page, each with its count; with `about` only
    /// those that are about this right or come from the same query.
    async fn counts(&mut self, about: Option<Right>) -> Result<Vec<(Section, i64)>, StoreError> {
        let agency = self.ctx.actor.agency;
        let is_about = |rights: &[Right]| about.is_none_or(|it| rights.contains(&it));
        let mut counts = Vec::new();
        let (drafts, sends) = (self.may(Right::DraftReports), self.may(Right::SendReports));
        if (drafts || sends) && is_about(&[Right::DraftReports, Right::SendReports]) {
            let (open, soon) = self.days();
            let of = store::duties::count_of_lead(&mut self.conn, agency, open, soon).await?;
            let n_submitted = store::duties::count_submitted(&mut self.conn, agency).await?;
            counts.extend([
                (Section::Returned, of.returned),
                (Section::Overdue, of.overdue),
                (Section::DueSoon, of.due_soon),
                (Section::Later, of.later),
                (if sends { Section::ToSend } else { Section::WithLeader }, n_submitted),
                (Section::WithAuthority, of.reported),
            ]);
        }
        if self.may(Right::VerifyDeliverables) && is_about(&[Right::VerifyDeliverables]) {
            let verifier = self.verifier(None);
            let n = store::duties::count_to_verify(&mut self.conn, verifier).await?;
            counts.push((Section::ToVerify, n));
        }
        if self.may(Right::IssueTasks) && is_about(&[Right::IssueTasks]) {
            let n = store::duties::count_proposed(&mut self.conn, agency).await?;
            counts.push((Section::ToApprove, n));
        }
        counts.extend(self.counts_of_acts(about).await?);
        counts.sort_by_key(|it| it.0);
        Ok(counts)
    }

    /// The first day still open, and the last one that is soon.
    fn days(&self) -> (chrono::NaiveDate, chrono::NaiveDate) {
        let open = self.moment.open_day;
        (open, open + StatusFacts::DUE_SOON)
    }

    async fn approvals(&mut self) -> Result<Vec<Entry>, StoreError> {
        let agency = self.ctx.actor.agency;
        let found = store::duties::to_approve(&mut self.conn, agency, IN_DAY).await?;
        Ok(found.into_iter().map(Entry::Approval).collect())
    }

    /// At most `limit` lines of `section` after the place `after`, and the place to go on from.
    async fn lines(
        &mut self,
        section: Section,
        after: Place,
        limit: u16,
        parent: Option<TaskId>,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        match section {
            Section::ToSend | Section::WithLeader => self.submitted(after, limit).await,
            Section::ToApprove => self.proposed(after, limit).await,
            Section::ToExplain | Section::ToRead => self.explanations(section, after, limit).await,
            Section::ToExtend | Section::Extending => self.extensions(section, after, limit).await,
            _ => self.tasks(section, after, limit, parent).await,
        }
    }

    async fn submitted(
        &mut self,
        after: Place,
        limit: u16,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        let (agency, state) = (self.ctx.actor.agency, ReportState::Submitted);
        let reports =
            store::reports::waiting(&mut self.conn, agency, state, after, limit + 1).await?;
        let (reports, next) = cut(reports, limit, |it| Place::since(it.changed_at, it.id.0));
        let mut tasks = self.tasks_of(reports.iter().map(|it| it.task)).await?;
        let entries = reports.into_iter().filter_map(|report| {
            let duty = self.duty(tasks.remove(&report.task)?);
            Some(Entry::Task(Box::new(Duty { report: Some(report), ..duty })))
        });
        Ok((entries.collect(), next))
    }

    pub(super) async fn tasks_of(
        &mut self,
        ids: impl Iterator<Item = TaskId>,
    ) -> Result<BTreeMap<TaskId, Task>, StoreError> {
        let ids: Vec<TaskId> = ids.collect();
        let tasks = store::duty_marks::tasks_of(&mut self.conn, &ids).await?;
        Ok(tasks.into_iter().map(|it| (it.id, it)).collect())
    }

    async fn proposed(
        &mut self,
        after: Place,
        limit: u16,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        let (agency, state) = (self.ctx.actor.agency, DraftState::Proposed);
        let after = (after.at, after.id);
        let drafts =
            store::drafts::of_owner_in(&mut self.conn, agency, state, after, limit + 1).await?;
        let (drafts, next) = cut(drafts, limit, |it| Place::since(it.changed_at, it.id.0));
        Ok((drafts.into_iter().map(|it| Entry::Draft(Box::new(it))).collect(), next))
    }

    async fn tasks(
        &mut self,
        section: Section,
        after: Place,
        limit: u16,
        parent: Option<TaskId>,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        let agency = self.ctx.actor.agency;
        let ((open, soon), verifier) = (self.days(), self.verifier(parent));
        let (conn, more) = (&mut self.conn, limit + 1);
        let due = |first, last| Some(Owed::Due(first, last));
        let owed = match section {
            Section::Returned => Some(Owed::Returned),
            Section::Overdue => due(Place::START.day, open.pred_opt().unwrap_or(open)),
            Section::DueSoon => due(open, soon),
            Section::Later => due(soon.succ_opt().unwrap_or(soon), store::duties::last_day()),
            _ => None,
        };
        let tasks = match (owed, section) {
            (Some(owed), _) => store::duties::to_report(conn, agency, owed, after, more).await?,
            (None, Section::ToVerify) => {
                store::duties::to_verify(conn, verifier, after, more).await?
            }
            (None, Section::WithAuthority) => {
                store::duties::reported(conn, agency, after, more).await?
            }
            (None, _) => Vec::new(),
        };
        let (tasks, next) = cut(tasks, limit, |it| Place::on(it.due_on, it.id.0));
        let mut duties: Vec<Duty> = tasks.into_iter().map(|task| self.duty(task)).collect();
        if owed.is_some() {
            self.mark_begun(&mut duties).await?;
        } else if section == Section::ToVerify {
            self.mark_reported(&mut duties).await?;
        }
        Ok((duties.into_iter().map(|it| Entry::Task(Box::new(it))).collect(), next))
    }

    async fn mark_begun(&mut self, duties: &mut [Duty]) -> Result<(), StoreError> {
        let ids: Vec<TaskId> = duties.iter().map(|it| it.task.id).collect();
        for begun in store::duty_marks::begun(&mut self.conn, &ids).await? {
            if let Some(duty) = duties.iter_mut().find(|it| it.task.id == begun.task) {
                duty.begun = Some(begun);
            }
        }
        Ok(())
    }

    async fn mark_reported(&mut self, duties: &mut [Duty]) -> Result<(), StoreError> {
        let ids: Vec<TaskId> = duties.iter().map(|it| it.task.id).collect();
        for it in store::duty_marks::reported_deliverables(&mut self.conn, &ids).await? {
            if let Some(duty) = duties.iter_mut().find(|duty| duty.task.id == it.task) {
                duty.reported.push((it.id, it.ordinal, it.name));
            }
        }
        Ok(())
    }

    pub(super) fn duty(&self, task: Task) -> Duty {
        let status = task.facts().status(self.moment);
        Duty {
            status,
            task,
            report: None,
            begun: None,
            reported: Vec::new(),
            explanation: None,
            extension: None,
        }
    }
}

/// The first `limit` of `rows`, and the place of the last of them when there are more.
pub(super) fn cut<T>(
    mut rows: Vec<T>,
    limit: u16,
    place: impl Fn(&T) -> Place,
) -> (Vec<T>, Option<Place>) {
    let limit = usize::from(limit);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = if has_more { rows.last().map(place) } else { None };
    (rows, next)
}
