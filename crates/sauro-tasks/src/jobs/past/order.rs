//! How tasks come to be: by a draft that was issued, or handed down.

use chrono::NaiveDate;
use sauro_journal::PastEvent;
use sauro_kernel::{AgencyId, AgencyPath, DraftId, ProgrammeId, TaskId};
use serde_json::json;

use super::life::event;
use super::{By, PastIds};
use crate::model::{Deadline, Draft};

/// What many tasks of one order have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// The programme.
    pub programme: ProgrammeId,
    /// The draft that was issued; none when it was handed down.
    pub draft: Option<DraftId>,
    /// The task it was handed down from.
    pub parent: Option<TaskId>,
    /// Who issued it.
    pub issuer: AgencyId,
    /// Where the issuer stands.
    pub issuer_path: AgencyPath,
    /// Rõ việc.
    pub work: String,
    /// Rõ thời gian.
    pub deadline: Deadline,
    /// The last day allowed.
    pub due_on: NaiveDate,
    /// Rõ trách nhiệm.
    pub accountable: String,
    /// Rõ thẩm quyền.
    pub authority: AgencyId,
    /// Where the authority stands.
    pub authority_path: AgencyPath,
    /// Shown to the public.
    pub is_public: bool,
    /// Rõ sản phẩm.
    pub deliverables: Vec<String>,
    /// Cooperating agencies.
    pub partners: Vec<AgencyId>,
    /// Who issued it, and when.
    pub by: By,
}

/// The journal entries of an issued draft: added and proposed by the staff, issued by the leader.
pub fn drafted(
    draft: &Draft,
    added: By,
    proposed: By,
    issued: By,
    n_tasks: usize,
    ids: &mut PastIds,
) -> [PastEvent; 3] {
    let subject = ("draft", draft.id.0);
    let work = &draft.body.work;
    let body = json!({ "directive": draft.directive, "body": draft.body });
    [
        event(ids, subject, added, "DraftAdded", &body),
        event(ids, subject, proposed, "DraftProposed", &json!({ "work": work })),
        event(ids, subject, issued, "DraftIssued", &json!({ "work": work, "tasks": n_tasks })),
    ]
}

/// The journal entry on the task `parent` when `n_tasks` were handed down from it.
pub fn handed_down(
    parent: TaskId,
    ordered: &Ordered,
    n_tasks: usize,
    ids: &mut PastIds,
) -> PastEvent {
    let data = json!({ "work": ordered.work, "tasks": n_tasks, "due_on": ordered.deadline.due_on });
    event(ids, ("task", parent.0), ordered.by, "TaskHandedDown", &data)
}
