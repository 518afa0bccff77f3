//! A task made of a case (chuyển thành nhiệm vụ). Rooms do not reach into each other: what the room of tasks does
//! for cases is handed in as [`CaseTasks`].

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, Denied, PetitionId, Right};
use sauro_store::{Conn, StoreError};

use super::hold::{Hold, House};
use crate::model::{Kind, Petition, State, masked};
use crate::{PetitionsError, store};

/// An answer that is waited for.
pub type TaskFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a task has to say so that it is six-clear; who does it, by when, what comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedTask {
    /// The case. Its draft carries the same id: however often it is asked for, there is one.
    pub case: PetitionId,
    /// Rõ người: who holds the case.
    pub lead: AgencyId,
    /// Rõ việc, without personal data.
    pub work: String,
    /// Rõ thời gian: what the sender was promised, or the next working day when that has passed.
    pub due_on: NaiveDate,
    /// Rõ sản phẩm.
    pub deliverable: String,
    /// Rõ thẩm quyền: the agency above; none for one without any.
    pub authority: Option<AgencyId>,
    /// The sender lets everybody read.
    pub is_public: bool,
}

/// What became of the task of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTask {
    /// The code; empty while it waits to be issued.
    pub code: String,
    /// What is to be done.
    pub work: String,
    /// Who does it.
    pub lead: String,
    /// The last day.
    pub due_on: Option<NaiveDate>,
    /// Silhouette and words.
    pub status: (&'static str, &'static str),
    /// Its results were accepted.
    pub is_done: bool,
    /// Everybody may read of it.
    pub is_public: bool,
}

/// Why no task was made.
#[derive(Debug, thiserror::Error)]
pub enum NoTask {
    /// The caller may not prepare tasks.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What is missing, as a Vietnamese sentence.
    #[error("the room of tasks refused: {0}")]
    Refused(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the room of tasks does for cases.
pub trait CaseTasks: Send + Sync {
    /// Prepares a task, as the caller; the same case again changes nothing.
    fn make<'a>(
        &'a self,
        ctx: &'a Ctx,
        wanted: &'a WantedTask,
    ) -> TaskFuture<'a, Result<(), NoTask>>;

    /// What became of the task made of `case`; none when there was none, or it was dropped.
    fn look(&self, case: PetitionId) -> TaskFuture<'_, Result<Option<CaseTask>, StoreError>>;
}

/// The room of tasks, for the pages.
#[derive(Clone)]
pub struct TaskRoom(pub Arc<dyn CaseTasks>);

/// Makes a task of the case `id`, and writes so into the case.
///
/// # Errors
///
/// [`PetitionsError::Denied`] to whoever does not handle the case or may not prepare tasks;
/// [`PetitionsError::Stale`] when the case is not in handling.
pub async fn make_task(
    ctx: &Ctx,
    house: &House<'_>,
    room: &TaskRoom,
    id: PetitionId,
) -> Result<(), PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    if hold.case.flow.state != State::Handling {
        return Err(PetitionsError::Stale);
    }
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let wanted = wanted(&mut hold).await?;
    // The other room has a turn to write of its own: this one is let go before.
    drop(hold);
    room.0.make(ctx, &wanted).await.map_err(|err| match err {
        NoTask::Denied(denied) => denied.into(),
        NoTask::Refused(words) => PetitionsError::of_field("viec", words),
        NoTask::Store(err) => PetitionsError::Store(err),
    })?;
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let happenings = store::events::of_case(&mut hold.conn, id).await?;
    if happenings.iter().any(|it| it.kind == Kind::TaskMade) {
        return Ok(());
    }
    hold.note(Kind::TaskMade, None, (true, "")).await?;
    hold.keep().await?;
    Ok(())
}

async fn wanted(hold: &mut Hold<'_>) -> Result<WantedTask, PetitionsError> {
    let names = hold.names().await?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (house, case) = (hold.house, &hold.case);
    let today = hold.ctx.today();
    let above = Some(house.above(case.holder)).filter(|it| *it != case.holder);
    Ok(WantedTask {
        case: case.id,
        lead: case.holder,
        work: masked(&case.title, &names),
        due_on: match case.citizen_due_on >= today {
            true => case.citizen_due_on,
            false => house.calendar.add_working_days(today, 1),
        },
        deliverable: format!("Kết quả giải quyết vụ việc {}, có minh chứng", case.number),
        authority: above,
        is_public: case.may_publish && !case.is_hidden,
    })
}

/// The case `id`, for a process that tells its desk of the task made of it.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for everybody but the machine room.
pub async fn case_of_task(
    ctx: &Ctx,
    conn: &mut Conn,
    id: PetitionId,
) -> Result<Option<Petition>, PetitionsError> {
    // Only the machine room has every right: whoever else reads cases goes by its scope.
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    Ok(store::petitions::find(conn, id).await?)
}
