use sauro_kernel::{Ctx, Over, Right};

use crate::TasksError;

/// `Ok` when the caller may know of the `what` of the agency `over`.
///
/// # Errors
///
/// [`TasksError::NotFound`], as if it were not there; the attempt is logged.
pub(crate) fn must_see(ctx: &Ctx, what: &'static str, over: Over<'_>) -> Result<(), TasksError> {
    if ctx.may(Right::ReadTasks, over) || ctx.may(Right::PrepareTasks, over) {
        return Ok(());
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        what,
        over = %over.path,
        "someone asked for a thing outside their scope"
    );
    Err(TasksError::NotFound(what))
}
