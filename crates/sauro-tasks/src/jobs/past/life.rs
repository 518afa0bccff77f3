use chrono::NaiveDate;
use sauro_journal::PastEvent;
use sauro_kernel::{AgencyId, AgencyPath, DeliverableId, TaskId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{By, Ordered, PastIds};
use crate::TasksError;
use crate::model::{
    Deliverable, DeliverableStage, Evidence, Explanation, Extension, Progress, Report, ReportItem,
    Stage, Task, Verification,
};

/// One task with all that happened to it.
#[derive(Debug, Clone)]
pub struct Life {
    pub(crate) task: Task,
    pub(crate) changed_at: i64,
    /// When an extension moved the deadline.
    pub(crate) due_set_at: Option<i64>,
    pub(crate) partners: Vec<AgencyId>,
    pub(crate) deliverables: Vec<Deliverable>,
    pub(crate) reports: Vec<(Report, Vec<ReportItem>)>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) verifications: Vec<Verification>,
    pub(crate) extensions: Vec<Extension>,
    /// Each with when it was closed.
    pub(crate) explanations: Vec<(Explanation, Option<i64>)>,
    pub(crate) urges: Vec<Urged>,
    pub(crate) versions: Vec<Version>,
    pub(super) events: Vec<PastEvent>,
    pub(super) ids: PastIds,
}

/// One urging.
#[derive(Debug, Clone)]
pub(crate) struct Urged {
    pub(crate) id: Uuid,
    pub(crate) by: By,
    pub(crate) words: String,
}

/// What the history keeps of a task as it was from `since` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) since: i64,
    pub(crate) until: Option<i64>,
    pub(crate) stage: Stage,
    pub(crate) due_on: NaiveDate,
    pub(crate) self_rating: String,
    pub(crate) reported_at: Option<i64>,
    pub(crate) verified_at: Option<i64>,
    pub(crate) in_use_at: Option<i64>,
}

impl Life {
    /// The task `code` of `ordered`, issued to `lead`.
    pub fn issued(
        ordered: &Ordered,
        code: String,
        lead: (AgencyId, &AgencyPath),
        seed: u64,
    ) -> Self {
        let mut ids = PastIds::new(seed);
        let by = ordered.by;
        let id = TaskId(ids.at(by.at));
        let deliverables: Vec<_> = (1..)
            .zip(&ordered.deliverables)
            .map(|(ordinal, name)| fresh(&mut ids, id, ordinal, name, by.at))
            .collect();
        let task = task_of(ordered, id, code, lead);
        let data = json!({
            "code": task.code,
            "lead": task.lead,
            "work": task.work,
            "due_on": task.due_on,
            "accountable": task.accountable,
            "authority": task.authority,
            "deliverables": ordered.deliverables,
            "programme": task.programme,
            "directive": task.directive,
            "draft": task.draft,
            "parent": task.parent,
            "is_public": task.is_public,
            "period": task.period,
        });
        let issued = event(&mut ids, ("task", id.0), by, "TaskIssued", &data);
        let mut life = Self {
            task,
            changed_at: by.at,
            due_set_at: None,
            partners: ordered.partners.clone(),
            deliverables,
            reports: Vec::new(),
            evidence: Vec::new(),
            verifications: Vec::new(),
            extensions: Vec::new(),
            explanations: Vec::new(),
            urges: Vec::new(),
            versions: Vec::new(),
            events: vec![issued],
            ids,
        };
        life.keep_version();
        life
    }

    /// The task as it stands.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// Its deliverables as they stand.
    pub fn deliverables(&self) -> &[Deliverable] {
        &self.deliverables
    }

    /// How many reports were sent.
    pub fn n_reports(&self) -> usize {
        self.reports.iter().filter(|(it, _)| it.sent_at.is_some()).count()
    }

    /// How many pieces of evidence there are.
    pub fn n_evidence(&self) -> usize {
        self.evidence.len()
    }

    /// Takes the journal entries out: all lives' entries are written together, in the order of time.
    pub fn take_events(&mut self) -> Vec<PastEvent> {
        std::mem::take(&mut self.events)
    }

    /// As the lock of an action does: a change is counted.
    pub(super) fn touch(&mut self, by: By) {
        self.task.version += 1;
        self.changed_at = by.at;
    }

    pub(super) fn tell(&mut self, by: By, kind: &'static str, data: &Value) {
        self.events.push(event(&mut self.ids, ("task", self.task.id.0), by, kind, data));
        self.keep_version();
    }

    /// As the trigger does: what is counted of the task gets a new version when it changed.
    pub(super) fn keep_version(&mut self) {
        let task = &self.task;
        let now = Version {
            since: self.changed_at,
            until: None,
            stage: task.stage,
            due_on: task.due_on,
            self_rating: task.self_rating.clone(),
            reported_at: task.reported_at,
            verified_at: task.verified_at,
            in_use_at: task.in_use_at,
        };
        match self.versions.last_mut() {
            Some(last) if (Version { since: now.since, ..last.clone() }) == now => {}
            Some(last) if last.since >= now.since => *last = Version { since: last.since, ..now },
            Some(last) => {
                last.until = Some(now.since);
                self.versions.push(now);
            }
            None => self.versions.push(now),
        }
    }

    /// Puts `after` in the place of the deliverables and counts each change.
    pub(super) fn deliver(&mut self, after: Vec<Deliverable>) {
        for (old, mut new) in self.deliverables.iter_mut().zip(after) {
            if *old != new {
                new.version = old.version + 1;
                *old = new;
            }
        }
    }

    /// What follows for the task from its deliverables.
    pub(super) fn progress(&mut self, now: i64) -> Stage {
        let progress = Progress::of(&self.task, &self.deliverables, now);
        self.task.stage = progress.stage;
        self.task.reported_at = progress.reported_at;
        self.task.verified_at = progress.verified_at;
        self.task.in_use_at = progress.in_use_at;
        progress.stage
    }

    /// `Ok` while the task takes reports and verifications.
    pub(super) fn must_run(&self) -> Result<(), TasksError> {
        match self.task.stage {
            Stage::Paused | Stage::Cancelled => {
                Err(TasksError::WrongState("Nhiệm vụ không đang thực hiện."))
            }
            _ => Ok(()),
        }
    }
}

/// A journal entry about `subject`.
pub(super) fn event(
    ids: &mut PastIds,
    subject: (&'static str, Uuid),
    by: By,
    kind: &'static str,
    data: &Value,
) -> PastEvent {
    PastEvent {
        id: ids.at(by.at),
        at: by.at,
        actor: by.post,
        agency: by.agency,
        subject,
        kind,
        data: data.to_string().into_boxed_str(),
    }
}

fn fresh(ids: &mut PastIds, task: TaskId, ordinal: i64, name: &str, at: i64) -> Deliverable {
    Deliverable {
        id: DeliverableId(ids.at(at)),
        task,
        ordinal,
        name: name.to_owned(),
        measure: String::new(),
        stage: DeliverableStage::Assigned,
        reported_at: None,
        accepted_at: None,
        in_use_at: None,
        version: 1,
    }
}

fn task_of(it: &Ordered, id: TaskId, code: String, lead: (AgencyId, &AgencyPath)) -> Task {
    Task {
        id,
        code,
        programme: it.programme,
        directive: None,
        draft: it.draft,
        parent: it.parent,
        period: String::new(),
        verifier_role: None,
        issuer: it.issuer,
        issuer_path: it.issuer_path.clone(),
        lead: lead.0,
        lead_path: lead.1.clone(),
        work: it.work.clone(),
        deadline: it.deadline.clone(),
        due_on: it.due_on,
        first_due_on: None,
        accountable: it.accountable.clone(),
        authority: it.authority,
        authority_path: it.authority_path.clone(),
        strength: "binding".to_owned(),
        is_public: it.is_public,
        stage: Stage::Issued,
        stage_reason: String::new(),
        self_rating: String::new(),
        reported_at: None,
        verified_at: None,
        in_use_at: None,
        last_report_at: None,
        issued_at: it.by.at,
        issued_by: it.by.post,
        version: 1,
    }
}
