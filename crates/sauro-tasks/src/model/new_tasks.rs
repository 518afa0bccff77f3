use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, DirectiveId, DraftId, PostId, ProgrammeId, Role, TaskId};

use super::Deadline;

/// Tasks that differ in their lead only, about to be issued together.
pub(crate) struct NewTasks<'a> {
    pub(crate) programme: ProgrammeId,
    pub(crate) directive: Option<DirectiveId>,
    pub(crate) draft: Option<DraftId>,
    pub(crate) parent: Option<TaskId>,
    pub(crate) issuer: AgencyId,
    pub(crate) issuer_path: &'a AgencyPath,
    pub(crate) work: &'a str,
    pub(crate) deadline: &'a Deadline,
    pub(crate) due_on: NaiveDate,
    pub(crate) accountable: &'a str,
    pub(crate) authority: AgencyId,
    pub(crate) authority_path: &'a AgencyPath,
    pub(crate) strength: &'a str,
    pub(crate) verifier_role: Option<Role>,
    pub(crate) is_public: bool,
    pub(crate) period: &'a str,
    pub(crate) issued_at: i64,
    pub(crate) issued_by: PostId,
    pub(crate) leads: &'a [NewTask],
}

/// A deliverable of a task about to be issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Product {
    pub(crate) name: String,
    /// How one sees that it is there, or empty.
    pub(crate) measure: String,
}

impl Product {
    /// A deliverable without a measure.
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), measure: String::new() }
    }
}

/// What is of one task alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewTask {
    pub(crate) id: TaskId,
    pub(crate) code: String,
    pub(crate) lead: AgencyId,
    pub(crate) lead_path: AgencyPath,
    /// Its own deliverables; none for those that all of them have.
    pub(crate) products: Option<Vec<Product>>,
}

/// The public code of the `n`-th task of `year`.
pub(crate) fn task_code(year: i32, n: i64) -> String {
    format!("NV-{year}-{n:06}")
}
