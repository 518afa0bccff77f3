use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, ProgrammeId, Right, TaskId};
use sauro_store::Db;

use super::task_view::reads_below;
use crate::TasksError;
use crate::model::{Moment, Status, Task};
use crate::store;
use crate::store::task_lists::{Wanted, Whose};

/// Tasks on one page.
pub const PER_PAGE: u16 = 50;

/// Which tasks to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Seen from which side.
    pub side: Side,
    /// With this status.
    pub status: Option<Status>,
    /// Only what has not ended: neither verified nor cancelled.
    pub is_unfinished: bool,
    /// Led by this agency.
    pub lead: Option<AgencyId>,
    /// Of this programme.
    pub programme: Option<ProgrammeId>,
    /// With these words in the work or the code, with or without diacritics.
    pub words: String,
}

/// What the caller's agency has to do with the tasks listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// All that the caller oversees.
    #[default]
    Scope,
    /// Chủ trì.
    Lead,
    /// Nghiệm thu.
    Authority,
    /// Giao.
    Issuer,
    /// Phối hợp.
    Partner,
}

/// A page of tasks.
#[derive(Debug, Clone)]
pub struct TaskPage {
    /// The tasks, nearest deadline first, with their status now.
    pub tasks: Vec<(Task, Status)>,
    /// Where the next page starts; none on the last one.
    pub next: Option<Cursor>,
}

/// The last task of a page: the next page starts after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Its deadline.
    pub due_on: NaiveDate,
    /// The task.
    pub id: TaskId,
}

impl Side {
    /// All sides.
    pub const ALL: [Self; 5] =
        [Self::Scope, Self::Lead, Self::Authority, Self::Issuer, Self::Partner];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Scope => "pham-vi",
            Self::Lead => "chu-tri",
            Self::Authority => "nghiem-thu",
            Self::Issuer => "giao",
            Self::Partner => "phoi-hop",
        }
    }

    /// The side named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scope => "Trong phạm vi theo dõi",
            Self::Lead => "Đơn vị chủ trì",
            Self::Authority => "Đơn vị nghiệm thu",
            Self::Issuer => "Đơn vị đã giao",
            Self::Partner => "Đơn vị phối hợp",
        }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.due_on, self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_once('.').ok_or(())?;
        Ok(Self { due_on: day.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

/// Lists tasks that the caller may see, a page at a time.
///
/// # Errors
///
/// What the store says. A caller who may read nothing gets an empty page.
pub async fn task_list(
    ctx: &Ctx,
    db: &Db,
    filter: &TaskFilter,
    after: Option<Cursor>,
) -> Result<TaskPage, TasksError> {
    task_part(ctx, db, filter, after, PER_PAGE).await
}

/// [`task_list`] with `limit` tasks at a time, for exports.
///
/// # Errors
///
/// As [`task_list`].
pub async fn task_part(
    ctx: &Ctx,
    db: &Db,
    filter: &TaskFilter,
    after: Option<Cursor>,
    limit: u16,
) -> Result<TaskPage, TasksError> {
    if !ctx.may(Right::ReadTasks, ctx.actor.own()) {
        return Ok(TaskPage { tasks: Vec::new(), next: None });
    }
    let own = ctx.actor.agency;
    let moment = Moment::of(ctx.clock.now());
    let wanted = Wanted {
        whose: match filter.side {
            Side::Scope if reads_below(ctx) => Whose::LedBelow(ctx.actor.scope.clone()),
            Side::Scope | Side::Lead => Whose::LedBy(own),
            Side::Authority => Whose::AcceptedBy(own),
            Side::Issuer => Whose::IssuedBy(own),
            Side::Partner => Whose::Helped(own),
        },
        status: filter.status,
        is_unfinished: filter.is_unfinished,
        moment,
        lead: filter.lead,
        programme: filter.programme,
        words: filter.words.clone(),
        after: after.map(|it| (it.due_on, it.id)),
    };
    let mut tasks = store::task_lists::page(&mut db.read().await?, &wanted, limit + 1).await?;
    let has_more = tasks.len() > usize::from(limit);
    tasks.truncate(usize::from(limit));
    let next = tasks.last().filter(|_| has_more).map(|it| Cursor { due_on: it.due_on, id: it.id });
    let with_status = |task: Task| {
        let status = task.facts().status(moment);
        (task, status)
    };
    Ok(TaskPage { tasks: tasks.into_iter().map(with_status).collect(), next })
}
