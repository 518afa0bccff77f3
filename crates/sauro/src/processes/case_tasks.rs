//! Tasks made of petitions: the room of petitions says what is wanted, the room of tasks prepares it.

use anyhow::Context;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::title_of_head;
use sauro_kernel::{Actor, Ctx, DraftId, PetitionId};
use sauro_petitions::actions::{CaseTask, CaseTasks, NoTask, TaskFuture, WantedTask};
use sauro_store::{Db, StoreError};
use sauro_tasks::actions::{
    DraftOutcome, ProgrammeFields, enter_task_once, open_programme, programme_by_code,
    task_of_draft,
};
use sauro_tasks::model::{Deadline, DeadlineKind, DraftBody, DraftState, Moment, Status, Task};
use sauro_tasks::{Fault, TasksError};

/// The programme of tasks that come of petitions.
const PROGRAMME: &str = "pakn";

/// Who runs it; each task is of the agency that handles the case.
const OWNER: &str = "VPCP";

/// Asks the room of tasks.
#[derive(Clone)]
pub struct TasksOfCases {
    system: Ctx,
    db: Db,
    directory: DirectoryHandle,
}

impl TasksOfCases {
    /// The room of tasks over `db`, looked into by the machine room `system`.
    pub fn new(system: Ctx, db: Db, directory: DirectoryHandle) -> Self {
        Self { system, db, directory }
    }

    async fn prepare(&self, ctx: &Ctx, wanted: &WantedTask) -> Result<(), NoTask> {
        let directory = self.directory.directory();
        let head = directory.agency(wanted.lead).map(|it| title_of_head(&it.code, &it.name));
        let programme = programme_by_code(ctx, &self.db, PROGRAMME).await.map_err(refused)?;
        let body = DraftBody {
            leads: vec![wanted.lead],
            work: wanted.work.clone(),
            deliverables: vec![wanted.deliverable.clone()],
            accountable: head.unwrap_or_default(),
            authority: wanted.authority,
            deadline: Deadline {
                kind: DeadlineKind::Date,
                due_on: Some(wanted.due_on),
                ..Deadline::default()
            },
            strength: "binding".to_owned(),
            is_public: wanted.is_public,
            ..DraftBody::default()
        };
        let id = draft_of(wanted.case);
        enter_task_once(ctx, &self.db, programme.id, id, body).await.map_err(refused)?;
        Ok(())
    }

    async fn outcome(&self, case: PetitionId) -> Result<Option<CaseTask>, StoreError> {
        let found = task_of_draft(&self.system, &self.db, draft_of(case)).await;
        let found = match found {
            Ok(found) => found,
            Err(TasksError::Store(err)) => return Err(err),
            // The machine room may, and there is nothing else to refuse.
            Err(err) => {
                tracing::warn!(error = %err, "the task of a petition could not be looked at");
                None
            }
        };
        let directory = self.directory.directory();
        Ok(found.map(|it| match it {
            DraftOutcome::Waits(draft) => CaseTask {
                code: String::new(),
                lead: draft
                    .body
                    .leads
                    .first()
                    .map(|it| directory.name(*it).to_owned())
                    .unwrap_or_default(),
                due_on: draft.body.deadline.due_on,
                status: match draft.state {
                    DraftState::Proposed => ("soon", "Chờ duyệt giao"),
                    _ => ("none", "Dự thảo"),
                },
                work: draft.body.work,
                is_done: false,
                is_public: false,
            },
            DraftOutcome::Issued(task) => {
                let status = task.facts().status(Moment::of(self.system.clock.now()));
                CaseTask {
                    lead: directory.name(task.lead).to_owned(),
                    due_on: Some(task.due_on),
                    status: (status.code(), status.label()),
                    is_done: is_done(status),
                    is_public: task.is_public,
                    code: task.code,
                    work: task.work,
                }
            }
        }))
    }
}

impl CaseTasks for TasksOfCases {
    fn make<'a>(
        &'a self,
        ctx: &'a Ctx,
        wanted: &'a WantedTask,
    ) -> TaskFuture<'a, Result<(), NoTask>> {
        Box::pin(self.prepare(ctx, wanted))
    }

    fn look(&self, case: PetitionId) -> TaskFuture<'_, Result<Option<CaseTask>, StoreError>> {
        Box::pin(self.outcome(case))
    }
}

/// The draft made of a case has the id of the case: asked for twice, there is one.
fn draft_of(case: PetitionId) -> DraftId {
    DraftId(case.0)
}

/// The case that `task` may have been made of, once its results were accepted.
pub(super) fn case_done_by(task: &Task) -> Option<PetitionId> {
    let draft = task.draft.filter(|_| task.verified_at.is_some())?;
    Some(PetitionId(draft.0))
}

fn is_done(status: Status) -> bool {
    matches!(status, Status::DoneOnTime | Status::DoneLate)
}

fn refused(err: TasksError) -> NoTask {
    match err {
        TasksError::Denied(denied) => NoTask::Denied(denied),
        TasksError::Store(err) => NoTask::Store(err),
        TasksError::Invalid(faults) => NoTask::Refused(said(&faults)),
        TasksError::NotFound("programme") => NoTask::Refused(
            "Chưa có chương trình “pakn” để đặt nhiệm vụ vào. Khởi động lại máy chủ, hoặc lập nhiệm vụ bằng tay rồi ghi mã vào vụ việc."
                .to_owned(),
        ),
        err => NoTask::Refused(format!("Chưa lập được nhiệm vụ: {err}")),
    }
}

fn said(faults: &[Fault]) -> String {
    faults.iter().map(|it| it.sentence.as_str()).collect::<Vec<_>>().join(" ")
}

/// Opens the programme that tasks of petitions belong to, if it is not there.
///
/// # Errors
///
/// What the store says.
pub async fn open_case_programme(
    system: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
) -> anyhow::Result<()> {
    if programme_by_code(system, db, PROGRAMME).await.is_ok() {
        return Ok(());
    }
    let directory = directory.directory();
    let owner = directory.by_code(OWNER).context("the catalogue lacks the Government Office")?;
    let actor = Actor {
        agency: owner.id,
        agency_code: owner.code.clone(),
        agency_name: owner.name.clone(),
        agency_path: owner.path.clone(),
        ..Actor::system()
    };
    let ctx = Ctx { actor, ..system.clone() };
    let fields = ProgrammeFields {
        code: PROGRAMME.to_owned(),
        name: "Giải quyết phản ánh, kiến nghị".to_owned(),
        basis: String::new(),
        is_public: true,
    };
    match open_programme(&ctx, db, fields).await {
        // Another node was faster.
        Ok(_) | Err(TasksError::Invalid(_)) => Ok(()),
        Err(err) => Err(err.into()),
    }
}
