//! What other rooms know of a unit's work: the lists that a report holds without anybody typing them.

use std::future::Future;
use std::pin::Pin;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx};
use sauro_store::StoreError;

/// Where the work of units is known. The product gives one that asks the room of tasks.
pub trait WorkSource: Send + Sync {
    /// The work of `span.agency`, as the caller may know it.
    ///
    /// # Errors
    ///
    /// The store's.
    fn work<'a>(&'a self, ctx: &'a Ctx, span: Span) -> WorkFuture<'a>;
}

/// The answer of a [`WorkSource`].
pub type WorkFuture<'a> = Pin<Box<dyn Future<Output = Result<Work, StoreError>> + Send + 'a>>;

/// Whose work, and of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The agency.
    pub agency: AgencyId,
    /// All that this agency oversees, instead of what it leads itself.
    pub is_nation: bool,
    /// The first day of the period.
    pub from: NaiveDate,
    /// The day up to which things count.
    pub to: NaiveDate,
    /// The last day of the period that follows.
    pub next: NaiveDate,
}

/// The work of one unit in one period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Tasks reported done within the period.
    pub done: Vec<WorkLine>,
    /// Tasks overdue at the cut-off.
    pub overdue: Vec<WorkLine>,
    /// Tasks due in the period that follows.
    pub due: Vec<WorkLine>,
    /// What reports on tasks said was achieved.
    pub results: Vec<Quote>,
    /// The difficulties that they named.
    pub difficulties: Vec<Quote>,
    /// The proposals that they made.
    pub proposals: Vec<Quote>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkLine {
    /// Its code.
    pub code: String,
    /// What is to be done.
    pub work: String,
    /// Its deadline.
    pub due_on: NaiveDate,
    /// The agency that leads it.
    pub lead: String,
    /// How it stands, in words.
    pub standing: String,
}

/// What a report on a task said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The code of the task.
    pub code: String,
    /// What was said.
    pub words: String,
}

/// Knows of no work: for commands and tests that are not about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWork;

impl WorkSource for NoWork {
    fn work<'a>(&'a self, _: &'a Ctx, _: Span) -> WorkFuture<'a> {
        Box::pin(async { Ok(Work::default()) })
    }
}
