use sauro_kernel::{Ctx, Right, TaskId};
use sauro_store::Conn;

use crate::TasksError;
use crate::model::Task;
use crate::store;

/// The tasks `ids`, that entries of the journal are about, for a process that tells others of them. In
/// no order that means anything; what is not there is left out.
///
/// # Errors
///
/// [`TasksError::Denied`] for everybody but the machine room.
pub async fn tasks_of_entries(
    ctx: &Ctx,
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<Vec<Task>, TasksError> {
    // Only the machine room has every right: whoever else reads tasks goes by its scope.
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    Ok(store::duty_marks::tasks_of(conn, ids).await?)
}
