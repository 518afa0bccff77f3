//! The tasks handed down from one, as its page shows them.

use sauro_kernel::{Ctx, TaskId};
use sauro_store::Db;

use super::around::Around;
use crate::TasksError;
use crate::actions::{self, Roll};
use crate::model::{Status, Task, TaskFilter};

/// Tasks handed down that are shown before the list of all.
const NAMED: u16 = 6;

/// A task handed down from this one.
pub(super) struct Child {
    pub(super) code: String,
    pub(super) work: String,
    pub(super) lead: String,
    pub(super) status: &'static str,
    pub(super) due: String,
}

/// How many of them stand where.
pub(super) struct Children(pub(super) Roll);

/// The tasks handed down from `parent` that need a look first.
pub(super) async fn worst(
    ctx: &Ctx,
    db: &Db,
    around: &Around,
    parent: TaskId,
) -> Result<Vec<Child>, TasksError> {
    let filter = TaskFilter { parent: Some(parent), is_unfinished: true, ..TaskFilter::default() };
    let found = actions::task_part(ctx, db, &filter, None, NAMED).await?;
    let child = |(task, status): &(Task, Status)| Child {
        code: task.code.clone(),
        work: task.work.clone(),
        lead: around.name(task.lead),
        status: status.code(),
        due: around.due_words(ctx, task, *status),
    };
    Ok(found.tasks.iter().map(child).collect())
}

impl Children {
    /// How many there are.
    pub(super) fn total(&self) -> i64 {
        self.0.total
    }

    /// What became of them: code of the status and how many, those there are.
    pub(super) fn parts(&self) -> Vec<(&'static str, i64)> {
        let it = &self.0;
        let all = [
            ("over", it.overdue),
            ("soon", it.due_soon),
            ("run", it.in_time),
            ("late", it.done_late),
            ("done", it.done_on_time),
            ("none", it.not_assessable),
        ];
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }

    /// The same in one sentence.
    pub(super) fn sentence(&self) -> String {
        let part = |(code, n)| {
            let words = sauro_ui::status_words(code).to_lowercase();
            format!("{words} {}", sauro_ui::words::number(n))
        };
        self.parts().into_iter().map(part).collect::<Vec<_>>().join(", ")
    }
}
