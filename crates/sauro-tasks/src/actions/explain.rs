use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{Ctx, ExplanationId, Right, TaskId, WorkingCalendar, cut_off};
use sauro_store::{Conn, Db};

use super::reach;
use super::verify::prose;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Explanation, ExplanationState, Stage, Task};
use crate::store;

/// Working days for an answer when the asker names no day.
pub const DAYS_TO_EXPLAIN: u32 = 3;

/// Asks the lead to explain (yêu cầu giải trình), by `due_on` or within [`DAYS_TO_EXPLAIN`] working days.
///
/// # Errors
///
/// [`TasksError::Denied`] for the lead itself and whoever may not press it;
/// [`TasksError::WrongState`] while an earlier request of the same agency waits, or for a cancelled
/// task; [`TasksError::Invalid`] names every fault at once.
pub async fn ask_explanation(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    task: TaskId,
    question: &str,
    due_on: Option<NaiveDate>,
) -> Result<ExplanationId, TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    reach::must_press(ctx, &task)?;
    if task.stage == Stage::Cancelled {
        return Err(TasksError::WrongState("Nhiệm vụ đã hủy nên không yêu cầu giải trình nữa."));
    }
    let all = store::explanations::of_task(&mut conn, task.id).await?;
    let waits = |it: &Explanation| {
        it.state == ExplanationState::Asked && it.asked_by_agency == ctx.actor.agency
    };
    if all.iter().any(waits) {
        return Err(TasksError::WrongState(
            "Cơ quan đã yêu cầu giải trình nhiệm vụ này và đang chờ trả lời.",
        ));
    }
    let (question, due_on) = cleaned(ctx, calendar, question, due_on)?;
    let asked = Explanation {
        id: ExplanationId(ctx.ids.fresh()),
        task: task.id,
        asked_by: ctx.actor.post,
        asked_by_agency: ctx.actor.agency,
        lead: task.lead,
        asked_at: ctx.now_us(),
        question,
        due_on,
        state: ExplanationState::Asked,
        answered_by: None,
        answered_at: None,
        answer: String::new(),
    };
    store::explanations::insert(&mut conn, &asked).await?;
    tell(&mut conn, ctx, "ExplanationAsked", &asked).await?;
    conn.commit().await?;
    Ok(asked.id)
}

/// Answers the request `explanation`. A late answer is taken, and shown as late.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the lead; [`TasksError::Stale`] when it was answered
/// already; [`TasksError::Invalid`] for an empty answer.
pub async fn answer_explanation(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    explanation: ExplanationId,
    answer: &str,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let (task, mut asked) = locked(ctx, &mut conn, task, explanation).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    if asked.state != ExplanationState::Asked {
        return Err(TasksError::Stale);
    }
    asked.answer = prose("tra-loi", "nội dung giải trình", answer, true)
        .map_err(|fault| TasksError::Invalid(vec![fault]))?;
    let now = ctx.now_us();
    store::explanations::update_answered(&mut conn, asked.id, ctx.actor.post, &asked.answer, now)
        .await?;
    asked.answered_at = Some(now);
    tell(&mut conn, ctx, "ExplanationAnswered", &asked).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes note of the answer to the request `explanation` of the caller's agency.
///
/// # Errors
///
/// [`TasksError::Denied`] for whoever may not press the lead; [`TasksError::NotFound`] for a request
/// of another agency; [`TasksError::Stale`] when there is no answer to take note of.
pub async fn close_explanation(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    explanation: ExplanationId,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let (task, asked) = locked(ctx, &mut conn, task, explanation).await?;
    reach::must_press(ctx, &task)?;
    if asked.asked_by_agency != ctx.actor.agency {
        return Err(TasksError::NotFound("explanation"));
    }
    if asked.state != ExplanationState::Answered {
        return Err(TasksError::Stale);
    }
    store::explanations::update_closed(&mut conn, asked.id, ctx.now_us()).await?;
    tell(&mut conn, ctx, "ExplanationClosed", &asked).await?;
    conn.commit().await?;
    Ok(())
}

async fn locked(
    ctx: &Ctx,
    conn: &mut Conn,
    task: TaskId,
    id: ExplanationId,
) -> Result<(Task, Explanation), TasksError> {
    let task = store::tasks_progress::lock(conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, conn, task).await?;
    let all = store::explanations::of_task(conn, task.id).await?;
    let found = all.into_iter().find(|it| it.id == id);
    Ok((task, found.ok_or(TasksError::NotFound("explanation"))?))
}

fn cleaned(
    ctx: &Ctx,
    calendar: &WorkingCalendar,
    question: &str,
    due_on: Option<NaiveDate>,
) -> Result<(String, NaiveDate), TasksError> {
    let due_on = due_on.unwrap_or_else(|| calendar.add_working_days(ctx.today(), DAYS_TO_EXPLAIN));
    let due = if ctx.clock.now() > cut_off(due_on) {
        let sentence = "Hạn giải trình đã qua. Chọn một ngày làm việc sắp tới.";
        Err(Fault::new("han-giai-trinh", sentence))
    } else if !calendar.is_working(due_on) {
        let next = calendar.working_on_or_after(due_on).format("%d/%m/%Y");
        let sentence = format!(
            "Ngày {} là ngày nghỉ. Ngày làm việc gần nhất sau đó là {next}.",
            due_on.format("%d/%m/%Y")
        );
        Err(Fault::new("han-giai-trinh", sentence))
    } else {
        Ok(due_on)
    };
    match (prose("noi-dung", "nội dung cần giải trình", question, true), due) {
        (Ok(question), Ok(due_on)) => Ok((question, due_on)),
        (question, due) => {
            Err(TasksError::Invalid([question.err(), due.err()].into_iter().flatten().collect()))
        }
    }
}

async fn tell(
    conn: &mut Conn,
    ctx: &Ctx,
    kind: &'static str,
    it: &Explanation,
) -> Result<(), TasksError> {
    let data = it.told(ctx.now_us());
    sauro_journal::append(conn, ctx, Event::new(kind, "task", it.task, data)).await?;
    Ok(())
}
