use std::collections::{HashMap, HashSet};

use sauro_journal::Event;
use sauro_kernel::{Ctx, TaskId};
use sauro_store::Db;
use serde_json::json;

use super::reach;
use super::task_list::task_part;
use super::verify::prose;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Stage, Task, TaskFilter};
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
        let found = store::duty_marks::tasks_of(&mut conn, some).await?;
        let found: HashMap<TaskId, Task> = found.into_iter().map(|it| (it.id, it)).collect();
        let owed: Vec<TaskId> = some
            .iter()
            .copied()
            .filter(|id| may_be_urged(ctx, *id, found.get(id)).is_none())
            .collect();
        let new = store::urges::insert_many(&mut conn, ctx, &owed, &words).await?;
        let events = new
            .iter()
            .map(|id| Event::new("TaskUrged", "task", *id, json!({ "words": words })))
            .collect();
        // A task named twice is urged once.
        let mut new: HashSet<TaskId> = new.into_iter().collect();
        outcomes.extend(some.iter().map(|id| {
            may_be_urged(ctx, *id, found.get(id))
                .unwrap_or_else(|| if new.remove(id) { Urged::Done } else { Urged::Already })
        }));
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

/// Why `task` cannot be urged; none when it can. Whoever may urge a task may also know of it.
fn may_be_urged(ctx: &Ctx, id: TaskId, task: Option<&Task>) -> Option<Urged> {
    let Some(task) = task.filter(|it| reach::must_press(ctx, it).is_ok()) else {
        tracing::warn!(task.id = %id, post = %ctx.actor.post, "someone urged a task out of reach");
        return Some(Urged::OutOfReach);
    };
    let is_owed = matches!(task.stage, Stage::Issued | Stage::InProgress | Stage::Returned);
    (!is_owed).then_some(Urged::NothingOwed)
}
