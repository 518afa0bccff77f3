use sauro_journal::Event;
use sauro_kernel::{Ctx, TaskId};
use sauro_store::Db;
use serde_json::json;

use super::reach;
use super::verify::prose;
use crate::TasksError;
use crate::model::{Progress, Stage, Task};
use crate::store;

/// A change that the issuer makes to a task that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amendment {
    /// Tạm dừng: no report, no verification, not assessed.
    Pause,
    /// Mở lại: the stage follows from the deliverables again.
    Resume,
    /// Hủy: for good.
    Cancel,
}

impl Amendment {
    /// The change named `code` in a form.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "tam-dung" => Some(Self::Pause),
            "mo-lai" => Some(Self::Resume),
            "huy" => Some(Self::Cancel),
            _ => None,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Pause => "TaskPaused",
            Self::Resume => "TaskResumed",
            Self::Cancel => "TaskCancelled",
        }
    }
}

/// Pauses, resumes or cancels a task, with a reason. Tasks handed down from it and
/// periods that were opened are not touched; of recurring work no more periods are opened meanwhile.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the issuer; [`TasksError::Stale`] when the task changed
/// since `version`; [`TasksError::WrongState`] for a stage that does not allow it;
/// [`TasksError::Invalid`] without a reason.
pub async fn amend_task(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    amendment: Amendment,
    reason: &str,
    version: i64,
) -> Result<Stage, TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    reach::must_amend(ctx, &task)?;
    // The lock has counted this change already.
    if task.version != version + 1 {
        return Err(TasksError::Stale);
    }
    must_allow(&task, amendment)?;
    let reason =
        prose("ly-do", "lý do", reason, true).map_err(|fault| TasksError::Invalid(vec![fault]))?;
    let (stage, kept) = match amendment {
        Amendment::Pause => (Stage::Paused, reason.as_str()),
        Amendment::Cancel => (Stage::Cancelled, reason.as_str()),
        Amendment::Resume => {
            let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
            (Progress::of(&task, &deliverables, ctx.now_us()).stage, "")
        }
    };
    store::tasks_progress::update_stage(&mut conn, task.id, stage, kept).await?;
    if amendment == Amendment::Resume && task.cycle().is_some() {
        store::cycles::restart(&mut conn, task.id, ctx.today()).await?;
    }
    let data = json!({ "reason": reason, "stage": stage.code() });
    sauro_journal::append(&mut conn, ctx, Event::new(amendment.kind(), "task", task.id, data))
        .await?;
    conn.commit().await?;
    Ok(stage)
}

fn must_allow(task: &Task, amendment: Amendment) -> Result<(), TasksError> {
    let sentence = match (amendment, task.stage) {
        (_, Stage::Cancelled) => "Nhiệm vụ đã hủy nên không đổi được nữa.",
        (Amendment::Resume, Stage::Paused) | (Amendment::Cancel, Stage::Paused) => return Ok(()),
        (Amendment::Resume, _) => "Nhiệm vụ không tạm dừng nên không cần mở lại.",
        (Amendment::Pause, Stage::Paused) => "Nhiệm vụ đang tạm dừng rồi.",
        (_, Stage::Verified | Stage::InUse) => {
            "Nhiệm vụ đã nghiệm thu xong nên không tạm dừng hay hủy được nữa."
        }
        _ => return Ok(()),
    };
    Err(TasksError::WrongState(sentence))
}
