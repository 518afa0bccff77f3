use sauro_journal::Event;
use sauro_kernel::{Ctx, Prose, ReportId, Right};
use sauro_store::Db;
use serde_json::json;

use super::reach;
use super::save_report::{fields_of, must_hold};
use super::send_report::must_be_shown;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Report, ReportState};
use crate::store;
use crate::store::reports::Change;

/// Puts a draft before the leader (trình lãnh đạo). Doing it twice changes nothing.
///
/// # Errors
///
/// [`TasksError::Stale`] when the draft changed since `version`; [`TasksError::WrongState`] when it
/// has been sent.
pub async fn submit_report(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    version: i64,
) -> Result<Report, TasksError> {
    let mut conn = db.write().await?;
    let (task, found) = reach::locked_report(ctx, &mut conn, report).await?;
    ctx.require(Right::DraftReports, reach::over_lead(&task))?;
    if found.state == ReportState::Submitted {
        return Ok(found);
    }
    must_hold(ctx, &task, &found)?;
    reach::must_run(&task)?;
    if found.results.trim().is_empty() {
        let fault = Fault::new("ket-qua", "Nhập Kết quả nổi bật trước khi trình.");
        return Err(TasksError::Invalid(vec![fault]));
    }
    // What the leader could not send is not put on the leader's desk.
    let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let items = store::report_items::of_report(&mut conn, report).await?;
    let evidence = store::evidence::of_report(&mut conn, report).await?;
    must_be_shown(&fields_of(&found, items), &deliverables, &evidence)?;
    let state = ReportState::Submitted;
    let change = Change { by: ctx.actor.post, at: ctx.now_us() };
    if !store::reports::update_state(&mut conn, report, version, state, "", change).await? {
        return Err(TasksError::Stale);
    }
    let event = Event::new("ReportSubmitted", "task", task.id, json!({ "report": report }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(moved(found, state, "", change))
}

/// Gives a report that waits for the leader back to the staff (chuyển lại), with a reason.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::SendReports`] over the lead; [`TasksError::Invalid`]
/// without a reason; [`TasksError::WrongState`] when it does not wait.
pub async fn hand_back_report(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    reason: &str,
    version: i64,
) -> Result<Report, TasksError> {
    let reason = Prose::parse(reason).map_err(|err| {
        TasksError::Invalid(vec![Fault::of_text("ly-do", "lý do chuyển lại", err)])
    })?;
    let mut conn = db.write().await?;
    let (task, found) = reach::locked_report(ctx, &mut conn, report).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    if found.state != ReportState::Submitted {
        return Err(TasksError::WrongState(
            "Báo cáo không còn chờ ký gửi nên không chuyển lại được.",
        ));
    }
    let state = ReportState::Draft;
    let change = Change { by: ctx.actor.post, at: ctx.now_us() };
    if !store::reports::update_state(&mut conn, report, version, state, reason.as_str(), change)
        .await?
    {
        return Err(TasksError::Stale);
    }
    let data = json!({ "report": report, "reason": reason.as_str() });
    sauro_journal::append(&mut conn, ctx, Event::new("ReportHandedBack", "task", task.id, data))
        .await?;
    conn.commit().await?;
    Ok(moved(found, state, reason.as_str(), change))
}

fn moved(report: Report, state: ReportState, reason: &str, change: Change) -> Report {
    Report {
        state,
        reason: reason.to_owned(),
        changed_by: change.by,
        changed_at: change.at,
        version: report.version + 1,
        ..report
    }
}
