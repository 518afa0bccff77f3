use sauro_kernel::{Ctx, DraftId, Right};
use sauro_store::Db;

use crate::TasksError;
use crate::model::{Draft, DraftState, Task};
use crate::store;

/// What became of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftOutcome {
    /// It is still one.
    Waits(Draft),
    /// It became this task; the first, when it became several.
    Issued(Task),
}

/// What became of the draft `id`, for a process that tells another room of it; none when there was none, or it
/// was dropped.
///
/// # Errors
///
/// [`TasksError::Denied`] for everybody but the machine room.
pub async fn task_of_draft(
    ctx: &Ctx,
    db: &Db,
    id: DraftId,
) -> Result<Option<DraftOutcome>, TasksError> {
    // Only the machine room has every right: whoever else reads drafts goes by its agency.
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let Some(draft) = store::drafts::find(&mut conn, id).await? else { return Ok(None) };
    Ok(match draft.state {
        DraftState::Dropped => None,
        DraftState::Draft | DraftState::Proposed => Some(DraftOutcome::Waits(draft)),
        DraftState::Issued => {
            store::tasks::of_draft(&mut conn, id).await?.map(DraftOutcome::Issued)
        }
    })
}
