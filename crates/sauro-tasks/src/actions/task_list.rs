use chrono::NaiveDate;
use sauro_kernel::{AgencyPath, Ctx, ProgrammeId, Right, TaskId};
use sauro_store::Db;

use super::task_view::reads_below;
use crate::TasksError;
use crate::model::{Cursor, Moment, Rollup, Side, Status, Task, TaskFilter};
use crate::store;
use crate::store::duties::MOST_COUNTED;
use crate::store::task_lists::{Part, Wanted};

/// Tasks on one page.
pub const PER_PAGE: u16 = 50;

/// A page of tasks.
#[derive(Debug, Clone)]
pub struct TaskPage {
    /// The tasks in their order, with their status now.
    pub tasks: Vec<(Task, Status)>,
    /// Where the next page starts; none on the last one.
    pub next: Option<Cursor>,
    /// Where the page before ends; none on the first one.
    pub prev: Option<Cursor>,
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
    let Some(wanted) = wanted(ctx, filter) else {
        return Ok(TaskPage { tasks: Vec::new(), next: None, prev: None });
    };
    let mut conn = db.read().await?;
    let sort = filter.order();
    let from = store::task_lists::from(&mut conn, after.as_ref(), sort).await?;
    let is_back = from.as_ref().is_some_and(|it| it.cursor.is_back);
    let mut tasks = store::task_lists::page(&mut conn, &wanted, from.as_ref(), limit + 1).await?;
    let has_more = tasks.len() > usize::from(limit);
    if has_more && is_back {
        tasks.remove(0);
    }
    tasks.truncate(usize::from(limit));
    // Whoever came back from a page can go there again.
    let (has_prev, has_next) = if is_back { (has_more, true) } else { (from.is_some(), has_more) };
    let at = |task: Option<&Task>, is_back| task.map(|it| Cursor::at(it, sort, is_back));
    let prev = at(tasks.first().filter(|_| has_prev), true);
    let next = at(tasks.last().filter(|_| has_next), false);
    let with_status = |task: Task| {
        let status = task.facts().status(wanted.moment);
        (task, status)
    };
    Ok(TaskPage { tasks: tasks.into_iter().map(with_status).collect(), next, prev })
}

/// How many tasks the whole list has; more than a thousand are not counted on.
///
/// # Errors
///
/// As [`task_list`].
pub async fn task_count(ctx: &Ctx, db: &Db, filter: &TaskFilter) -> Result<i64, TasksError> {
    let Some(wanted) = wanted(ctx, filter) else { return Ok(0) };
    Ok(store::task_lists::count(&mut db.read().await?, &wanted, MOST_COUNTED + 1).await?)
}

/// How many tasks of the whole list are due on each day.
///
/// # Errors
///
/// As [`task_list`].
pub async fn task_days(
    ctx: &Ctx,
    db: &Db,
    filter: &TaskFilter,
) -> Result<Vec<(NaiveDate, i64)>, TasksError> {
    let Some(wanted) = wanted(ctx, filter) else { return Ok(Vec::new()) };
    Ok(store::task_lists::days(&mut db.read().await?, &wanted).await?)
}

/// The names of the programmes `ids`.
///
/// # Errors
///
/// What the store says.
pub async fn programme_names(
    db: &Db,
    ids: &[ProgrammeId],
) -> Result<Vec<(ProgrammeId, String)>, TasksError> {
    Ok(store::programmes::names_of(&mut db.read().await?, ids).await?)
}

/// The tasks that `words` are in, if they are few: a list with them starts there, whoever asks. It
/// shows of them what its reader may see.
///
/// # Errors
///
/// What the store says.
pub async fn few_with_words(db: &Db, words: &str) -> Result<Option<Vec<TaskId>>, TasksError> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    Ok(store::task_lists::few_with(&mut db.read().await?, words).await?)
}

/// What became of the tasks handed down from each of `tasks`; those without any are left out.
///
/// # Errors
///
/// What the store says.
pub async fn rollups_of(
    db: &Db,
    tasks: &[(Task, Status)],
) -> Result<Vec<(TaskId, Rollup)>, TasksError> {
    let ids: Vec<TaskId> = tasks.iter().map(|(task, _)| task.id).collect();
    let found = store::rollups::of_tasks(&mut db.read().await?, &ids).await?;
    Ok(found.into_iter().filter(|(_, it)| it.total > 0).collect())
}

/// What `filter` comes down to for this caller; none when nothing can be in it.
fn wanted(ctx: &Ctx, filter: &TaskFilter) -> Option<Wanted> {
    if !ctx.may(Right::ReadTasks, ctx.actor.own()) {
        return None;
    }
    let own = ctx.actor.agency;
    let mut parts = Vec::new();
    let mut place = AgencyPath::nation();
    match filter.side {
        Side::Scope if reads_below(ctx) => place = ctx.actor.scope.clone(),
        Side::Scope | Side::Lead => parts.push((Part::Lead, own)),
        Side::Authority => parts.push((Part::Authority, own)),
        Side::Issuer => parts.push((Part::Issuer, own)),
        Side::Partner => parts.push((Part::Partner, own)),
    }
    parts.extend(filter.lead.map(|id| (Part::Lead, id)));
    parts.extend(filter.authority.map(|id| (Part::Authority, id)));
    parts.extend(filter.issuer.map(|id| (Part::Issuer, id)));
    if let Some(asked) = &filter.place {
        if place.covers(asked) {
            place = asked.clone();
        } else if !asked.covers(&place) {
            return None;
        }
    }
    parts.dedup();
    Some(Wanted { place, parts, filter: filter.clone(), moment: Moment::of(ctx.clock.now()) })
}
