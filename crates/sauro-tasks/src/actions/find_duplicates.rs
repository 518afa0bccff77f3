use sauro_kernel::{AgencyId, Ctx, Over, Right, fold};
use sauro_store::Db;

use crate::model::{Draft, DraftState, Stage, Task, likeness};
use crate::{TasksError, store};

/// Something that says the same already.
#[derive(Debug, Clone, PartialEq)]
pub enum Duplicate {
    /// A task that was issued, and how alike the works are, in per cent.
    Task(Box<Task>, u8),
    /// Another draft of the caller's agency.
    Draft(Box<Draft>, u8),
}

/// Works at least so alike, in per cent, count as the same.
const LEAST: u8 = 75;
/// How many rows are looked at for one question.
const LOOK: u16 = 200;

/// Finds what says the same as `work` for `lead`: tasks anywhere with the very same words, open tasks
/// of `lead` with nearly the same words, and other drafts of the caller's agency. Most alike first.
///
/// Only what the caller may see; index-backed and bounded.
pub async fn duplicates_of(
    ctx: &Ctx,
    db: &Db,
    work: &str,
    lead: Option<AgencyId>,
) -> Result<Vec<Duplicate>, TasksError> {
    let work_fold = fold(work);
    if work_fold.is_empty() {
        return Ok(Vec::new());
    }
    let mut conn = db.read().await?;
    let mut tasks = store::tasks::with_work(&mut conn, &work_fold, 10).await?;
    if let Some(lead) = lead {
        for stage in [Stage::Issued, Stage::InProgress, Stage::Reported, Stage::Returned] {
            tasks.extend(store::tasks::of_lead_in(&mut conn, lead, stage, LOOK).await?);
        }
    }
    let drafts = store::drafts::with_work(&mut conn, ctx.actor.agency, &work_fold, 10).await?;
    let mut seen = std::collections::HashSet::new();
    let mut found: Vec<(u8, Duplicate)> = Vec::new();
    for task in tasks {
        let alike = likeness(&work_fold, &fold(&task.work));
        if alike >= LEAST && is_seen(ctx, &task) && seen.insert(task.id) {
            found.push((alike, Duplicate::Task(Box::new(task), alike)));
        }
    }
    for draft in drafts {
        if matches!(draft.state, DraftState::Draft | DraftState::Proposed) {
            found.push((100, Duplicate::Draft(Box::new(draft), 100)));
        }
    }
    found.sort_by_key(|(alike, _)| std::cmp::Reverse(*alike));
    found.truncate(5);
    Ok(found.into_iter().map(|(_, it)| it).collect())
}

fn is_seen(ctx: &Ctx, task: &Task) -> bool {
    [
        (task.lead, &task.lead_path),
        (task.issuer, &task.issuer_path),
        (task.authority, &task.authority_path),
    ]
    .into_iter()
    .any(|(agency, path)| ctx.may(Right::ReadTasks, Over { agency, path }))
}
