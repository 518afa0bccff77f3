//! What the room of tasks knows of a unit, for the periodic report that the unit writes.

use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_indicators::actions::periodic::{Quote, Span, Work, WorkFuture, WorkLine, WorkSource};
use sauro_kernel::Ctx;
use sauro_store::{Db, StoreError};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{AgencyWork, agency_work};
use sauro_tasks::model::{Status, Task};

/// Letters of a quoted section: what is longer is read where it was written.
const MOST_CHARS: usize = 600;

/// Asks the room of tasks.
#[derive(Clone)]
pub struct UnitWork {
    db: Db,
    directory: DirectoryHandle,
}

impl UnitWork {
    /// The source over `db`, with the agencies in `directory`.
    pub fn new(db: Db, directory: DirectoryHandle) -> Self {
        Self { db, directory }
    }

    async fn ask(&self, ctx: &Ctx, span: Span) -> Result<Work, StoreError> {
        let directory = self.directory.directory();
        let Some(agency) = directory.agency(span.agency) else { return Ok(Work::default()) };
        let days = (span.from, span.to, span.next);
        let key = (agency.id, &agency.path);
        match agency_work(ctx, &self.db, key, days, span.is_nation).await {
            Ok(found) => Ok(shown(found, &directory)),
            Err(TasksError::Store(err)) => Err(err),
            // A reader without the right gets nothing; nothing else can be wrong with a question.
            Err(err) => {
                tracing::warn!(error = %err, "the work of a unit could not be read");
                Ok(Work::default())
            }
        }
    }
}

impl WorkSource for UnitWork {
    fn work<'a>(&'a self, ctx: &'a Ctx, span: Span) -> WorkFuture<'a> {
        Box::pin(self.ask(ctx, span))
    }
}

fn shown(found: AgencyWork, directory: &Directory) -> Work {
    let lines = |tasks: Vec<(Task, Status)>| tasks.iter().map(|it| line(it, directory)).collect();
    let quotes = |words: fn(&(String, String, String, String)) -> &String| {
        let of = |it: &(String, String, String, String)| quote(&it.0, words(it));
        found.said.iter().filter_map(of).collect()
    };
    Work {
        results: quotes(|it| &it.1),
        difficulties: quotes(|it| &it.2),
        proposals: quotes(|it| &it.3),
        done: lines(found.done),
        overdue: lines(found.overdue),
        due: lines(found.due),
    }
}

fn line((task, status): &(Task, Status), directory: &Directory) -> WorkLine {
    WorkLine {
        code: task.code.clone(),
        work: task.work.clone(),
        due_on: task.due_on,
        lead: directory.name(task.lead).to_owned(),
        standing: status.label().to_lowercase(),
    }
}

/// One line of words; none of a section that says nothing.
fn quote(code: &str, words: &str) -> Option<Quote> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_said = line.chars().filter(|it| it.is_alphanumeric()).count() > 5;
    let short = |it: String| match it.chars().count() {
        0..=MOST_CHARS => it,
        _ => it.chars().take(MOST_CHARS - 1).chain(['…']).collect(),
    };
    is_said.then(|| Quote { code: code.to_owned(), words: short(line) })
}
