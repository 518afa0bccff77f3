use sauro_kernel::{Ctx, ReportId, Right};
use sauro_store::Db;

use super::reach;
use crate::TasksError;
use crate::model::{Report, ReportFields, ReportState, Task};
use crate::store;
use crate::store::reports::Change;

/// Keeps what was typed into a report that still has `version`. Called while people type, so the
/// journal hears nothing of it; sending is what counts.
///
/// # Errors
///
/// [`TasksError::Stale`] when somebody else saved first: the caller then shows both texts;
/// [`TasksError::Invalid`] with every fault; [`TasksError::WrongState`] once it is out of the
/// caller's hands.
pub async fn save_report(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    fields: ReportFields,
    version: i64,
) -> Result<Report, TasksError> {
    let mut conn = db.read().await?;
    let (task, found) = reach::report(ctx, &mut conn, report).await?;
    must_hold(ctx, &task, &found)?;
    if found.version != version {
        return Err(TasksError::Stale);
    }
    let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let items = store::report_items::of_report(&mut conn, report).await?;
    drop(conn);
    let fields = fields.cleaned(&deliverables).map_err(TasksError::Invalid)?;
    if fields == fields_of(&found, items) {
        return Ok(found);
    }

    let change = Change { by: ctx.actor.post, at: ctx.now_us() };
    let mut conn = db.write().await?;
    if !store::reports::update_fields(&mut conn, report, version, &fields, change).await? {
        return Err(TasksError::Stale);
    }
    store::report_items::delete_all(&mut conn, report).await?;
    store::report_items::insert_many(&mut conn, report, &fields.items).await?;
    conn.commit().await?;
    Ok(Report {
        results: fields.results,
        difficulties: fields.difficulties,
        proposals: fields.proposals,
        self_rating: fields.self_rating,
        changed_by: change.by,
        changed_at: change.at,
        version: version + 1,
        ..found
    })
}

/// What a stored report holds, as fields.
pub(crate) fn fields_of(report: &Report, items: Vec<crate::model::ReportItem>) -> ReportFields {
    ReportFields {
        results: report.results.clone(),
        difficulties: report.difficulties.clone(),
        proposals: report.proposals.clone(),
        self_rating: report.self_rating,
        items,
    }
}

/// `Ok` while the report is in the caller's hands: a draft in those of all who write it, one that
/// waits for the leader in those of the leader.
pub(crate) fn must_hold(ctx: &Ctx, task: &Task, report: &Report) -> Result<(), TasksError> {
    let lead = reach::over_lead(task);
    match report.state {
        ReportState::Draft if ctx.may(Right::SendReports, lead) => Ok(()),
        ReportState::Draft => Ok(ctx.require(Right::DraftReports, lead)?),
        ReportState::Submitted if ctx.may(Right::SendReports, lead) => Ok(()),
        ReportState::Submitted => Err(TasksError::WrongState(
            "Báo cáo đã trình lãnh đạo nên tạm khóa. Đề nghị lãnh đạo chuyển lại nếu cần sửa.",
        )),
        ReportState::Sent | ReportState::Accepted | ReportState::Returned => {
            Err(TasksError::WrongState(
                "Báo cáo đã gửi nên không sửa được nữa. Mở báo cáo mới để bổ sung.",
            ))
        }
    }
}
