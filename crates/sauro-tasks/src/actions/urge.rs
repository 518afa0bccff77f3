use sauro_journal::Event;
use sauro_kernel::{Ctx, TaskId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::reach;
use super::task_list::{TaskFilter, task_part};
use super::verify::prose;
use crate::TasksError;
use crate::error::Fault;
use crate::model::Stage;
use crate::store;

/// Most tasks urged in one go.
pub const MAX_URGED: usize = 10_000;

/// Tasks urged in one transaction, so that others get their turn in between.
const IN_ONE: usize = 200;

/// What became of urging one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urged {
    /// Urged.
    Done,
    /// This agency has urged it today already.
    Already,
    /// Nothing is owed: reported, verified, paused or cancelled.
    NothingOwed,
    /// Not there, or not for this caller to urge.
    OutOfReach,
}

/// Urges (đôn đốc) the leads of `tasks`. Each is answered for itself, in the same order; an agency
/// urges a task once a day.
///
/// # Errors
///
/// [`TasksError::Invalid`] without words, or for more than [`MAX_URGED`] tasks; then nobody is urged.
pub async fn urge_many(
    ctx: &Ctx,
    db: &Db,
    tasks: &[TaskId],
    words: &str,
) -> Result<Vec<Urged>, TasksError> {
    let words = prose("loi-nhac", "lời đôn đốc", words, true)
        .map_err(|fault| TasksError::Invalid(vec![fault]))?;
    if tasks.len() > MAX_URGED {
        return Err(too_many());
    }
    let mut outcomes = Vec::with_capacity(tasks.len());
    for some in tasks.chunks(IN_ONE) {
        let mut conn = db.write().await?;
        let mut events = Vec::new();
        for id in some {
            let outcome = urge(ctx, &mut conn, *id, &words).await?;
            if outcome == Urged::Done {
                events.push(Event::new("TaskUrged", "task", *id, json!({ "words": words })));
            }
            outcomes.push(outcome);
        }
        sauro_journal::append_many(&mut conn, ctx, events).await?;
        conn.commit().await?;
    }
    Ok(outcomes)
}

/// The tasks of the whole list that `filter` gives, for [`urge_many`].
///
/// # Errors
///
/// [`TasksError::Invalid`] when there are more than [`MAX_URGED`].
pub async fn listed(ctx: &Ctx, db: &Db, filter: &TaskFilter) -> Result<Vec<TaskId>, TasksError> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let part = task_part(ctx, db, filter, after, 1000).await?;
        ids.extend(part.tasks.iter().map(|(task, _)| task.id));
        if ids.len() > MAX_URGED {
            return Err(too_many());
        }
        let Some(next) = part.next else { return Ok(ids) };
        after = Some(next);
    }
}

fn too_many() -> TasksError {
    let sentence = "Mỗi lần đôn đốc tối đa 10.000 nhiệm vụ. Lọc danh sách ngắn lại rồi gửi.";
    TasksError::Invalid(vec![Fault::new("nhiem-vu", sentence)])
}

async fn urge(ctx: &Ctx, conn: &mut Conn, id: TaskId, words: &str) -> Result<Urged, TasksError> {
    let task = match reach::task(ctx, conn, id).await {
        Ok(task) => task,
        Err(TasksError::NotFound(_)) => return Ok(Urged::OutOfReach),
        Err(err) => return Err(err),
    };
    if reach::must_press(ctx, &task).is_err() {
        return Ok(Urged::OutOfReach);
    }
    if !matches!(task.stage, Stage::Issued | Stage::InProgress | Stage::Returned) {
        return Ok(Urged::NothingOwed);
    }
    let is_new = store::urges::insert(conn, ctx, id, ctx.today(), words).await?;
    Ok(if is_new { Urged::Done } else { Urged::Already })
}
