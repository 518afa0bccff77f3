use chrono::{Days, NaiveDate};
use sauro_journal::Event;
use sauro_kernel::{Ctx, ExtensionId, Right, TaskId, WorkingCalendar, cut_off};
use sauro_store::{Conn, Db};

use super::reach;
use super::verify::prose;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Extension, ExtensionState, Stage, Task};
use crate::store;

/// Longest time that one extension can add.
const AT_MOST: Days = Days::new(2 * 366);

/// Asks for more time (đề nghị gia hạn), with a reason and a new last day. The deadline stays where
/// it is until the issuer decides.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the lead; [`TasksError::WrongState`] after the cut-off of
/// the present deadline, while another request waits, and for a task that is not being done;
/// [`TasksError::Invalid`] for a day that is no working day after the present deadline.
pub async fn ask_extension(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    task: TaskId,
    to_on: Option<NaiveDate>,
    reason: &str,
) -> Result<ExtensionId, TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    must_be_in_time(ctx, &task)?;
    if open_of(&mut conn, &task).await?.is_some() {
        return Err(TasksError::WrongState(
            "Đã có một đề nghị gia hạn đang chờ quyết định. Rút đề nghị đó trước khi gửi đề nghị mới.",
        ));
    }
    let (to_on, reason) = cleaned(calendar, &task, to_on, reason)?;
    let asked = Extension {
        id: ExtensionId(ctx.ids.fresh()),
        task: task.id,
        asked_by: ctx.actor.post,
        asked_by_agency: ctx.actor.agency,
        decider: task.issuer,
        asked_at: ctx.now_us(),
        reason,
        from_on: task.due_on,
        to_on,
        state: ExtensionState::Asked,
        decided_by: None,
        decided_at: None,
        answer: String::new(),
    };
    store::extensions::insert(&mut conn, &asked).await?;
    tell(&mut conn, ctx, "ExtensionAsked", &asked).await?;
    conn.commit().await?;
    Ok(asked.id)
}

/// Grants or refuses the open request on `task`. Granting moves the deadline and keeps the first one.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the issuer; [`TasksError::Stale`] when `extension` is not
/// open any more; [`TasksError::WrongState`] for the seat that asked, and for a task that ended;
/// [`TasksError::Invalid`] for a refusal without a reason.
pub async fn decide_extension(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    extension: ExtensionId,
    is_granted: bool,
    answer: &str,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    reach::must_amend(ctx, &task)?;
    let mut asked = open_of(&mut conn, &task)
        .await?
        .filter(|it| it.id == extension)
        .ok_or(TasksError::Stale)?;
    if asked.asked_by == ctx.actor.post {
        return Err(TasksError::WrongState(
            "Người đề nghị gia hạn không tự quyết định. Chờ người khác của cơ quan giao nhiệm vụ.",
        ));
    }
    asked.answer = prose("tra-loi", "lý do không đồng ý", answer, !is_granted)
        .map_err(|fault| TasksError::Invalid(vec![fault]))?;
    asked.state = if is_granted { ExtensionState::Granted } else { ExtensionState::Refused };
    if is_granted {
        must_be_open(&task)?;
        if task.due_on != asked.from_on {
            return Err(TasksError::Stale);
        }
        store::tasks_progress::update_due(&mut conn, task.id, asked.to_on).await?;
    }
    end(&mut conn, ctx, &asked).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes the open request on `task` back.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the lead; [`TasksError::Stale`] when `extension` is not
/// open any more.
pub async fn withdraw_extension(
    ctx: &Ctx,
    db: &Db,
    task: TaskId,
    extension: ExtensionId,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let task = store::tasks_progress::lock(&mut conn, task, ctx.now_us()).await?;
    let task = reach::seen(ctx, &mut conn, task).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    let mut asked = open_of(&mut conn, &task)
        .await?
        .filter(|it| it.id == extension)
        .ok_or(TasksError::Stale)?;
    asked.state = ExtensionState::Withdrawn;
    end(&mut conn, ctx, &asked).await?;
    conn.commit().await?;
    Ok(())
}

async fn open_of(conn: &mut Conn, task: &Task) -> Result<Option<Extension>, TasksError> {
    let all = store::extensions::of_task(conn, task.id).await?;
    Ok(all.into_iter().find(|it| it.state == ExtensionState::Asked))
}

/// More time is asked for before the time is over: what was late stays late.
fn must_be_in_time(ctx: &Ctx, task: &Task) -> Result<(), TasksError> {
    must_be_open(task)?;
    if task.stage == Stage::Reported {
        return Err(TasksError::WrongState(
            "Nhiệm vụ đã báo xong và đang chờ nghiệm thu nên không cần gia hạn.",
        ));
    }
    if ctx.clock.now() > cut_off(task.due_on) {
        return Err(TasksError::WrongState(
            "Đã quá 17:00 ngày hết hạn nên không đề nghị gia hạn được nữa. Hãy báo cáo kết quả và nêu lý do chậm.",
        ));
    }
    Ok(())
}

fn must_be_open(task: &Task) -> Result<(), TasksError> {
    reach::must_take_reports(task)?;
    if task.stage.is_open() {
        return Ok(());
    }
    Err(TasksError::WrongState("Nhiệm vụ đã nghiệm thu xong nên thời hạn không đổi được nữa."))
}

fn cleaned(
    calendar: &WorkingCalendar,
    task: &Task,
    to_on: Option<NaiveDate>,
    reason: &str,
) -> Result<(NaiveDate, String), TasksError> {
    let day = |sentence: String| Fault::new("han-moi", sentence);
    let to_on = match to_on {
        None => Err(day("Chọn hạn mới, ví dụ 30/06/2026.".to_owned())),
        Some(to) if to <= task.due_on => {
            Err(day(format!("Hạn mới phải sau hạn đang có là {}.", task.due_on.format("%d/%m/%Y"))))
        }
        Some(to) if task.due_on.checked_add_days(AT_MOST).is_none_or(|most| to > most) => {
            Err(day("Hạn mới cách hạn đang có quá hai năm. Chọn ngày gần hơn.".to_owned()))
        }
        Some(to) if !calendar.is_working(to) => Err(day(format!(
            "Ngày {} là ngày nghỉ. Ngày làm việc gần nhất sau đó là {}.",
            to.format("%d/%m/%Y"),
            calendar.working_on_or_after(to).format("%d/%m/%Y")
        ))),
        Some(to) => Ok(to),
    };
    match (to_on, prose("ly-do", "lý do xin gia hạn", reason, true)) {
        (Ok(to_on), Ok(reason)) => Ok((to_on, reason)),
        (to_on, reason) => {
            Err(TasksError::Invalid([to_on.err(), reason.err()].into_iter().flatten().collect()))
        }
    }
}

async fn end(conn: &mut Conn, ctx: &Ctx, it: &Extension) -> Result<(), TasksError> {
    let (now, by) = (ctx.now_us(), ctx.actor.post);
    store::extensions::update_decided(conn, it.id, it.state, by, &it.answer, now).await?;
    let kind = match it.state {
        ExtensionState::Granted => "ExtensionGranted",
        ExtensionState::Refused => "ExtensionRefused",
        ExtensionState::Withdrawn | ExtensionState::Asked => "ExtensionWithdrawn",
    };
    tell(conn, ctx, kind, it).await
}

async fn tell(
    conn: &mut Conn,
    ctx: &Ctx,
    kind: &'static str,
    it: &Extension,
) -> Result<(), TasksError> {
    sauro_journal::append(conn, ctx, Event::new(kind, "task", it.task, it.told())).await?;
    Ok(())
}
