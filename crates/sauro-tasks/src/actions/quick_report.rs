use sauro_kernel::{Ctx, Right};
use sauro_store::Db;

use super::open_report::open_report;
use super::reach;
use super::save_report::save_report;
use super::send_report::{Receipt, send_report};
use super::submit_report::submit_report;
use crate::TasksError;
use crate::model::{
    Claim, DeliverableStage, Moment, Report, ReportFields, ReportItem, ReportState, SelfRating,
    Stage, Status, Task,
};
use crate::store;

/// What the report says.
const WORDS: &str = "Đang thực hiện, đúng tiến độ.";

/// True when a task can be reported on with one press: work goes on, nothing was returned, the
/// deadline is ahead, and nobody has begun to write.
pub fn may_report_quickly(task: &Task, status: Status, open: Option<&Report>) -> bool {
    matches!(task.stage, Stage::Issued | Stage::InProgress)
        && matches!(status, Status::InTime | Status::DueSoon)
        && open.is_none_or(is_untouched)
}

/// Reports that the work goes on as planned (báo nhanh), in one step. The leader's report is sent,
/// that of the staff goes to the leader. Answers the receipt of what was sent.
///
/// # Errors
///
/// [`TasksError::Stale`] when the task changed since `version`, so that a second press sends
/// nothing; [`TasksError::WrongState`] when one press is not enough; otherwise as
/// [`open_report`](super::open_report()).
pub async fn quick_report(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
) -> Result<Option<Receipt>, TasksError> {
    let task = reach::task_of_code(ctx, &mut db.read().await?, code).await?;
    let open = open_report(ctx, db, task.id).await?;
    // Looked at again: what the first press sent is there by now.
    let mut conn = db.read().await?;
    let task = reach::task(ctx, &mut conn, task.id).await?;
    if task.version != version {
        return Err(TasksError::Stale);
    }
    let status = task.facts().status(Moment::of(ctx.clock.now()));
    if !may_report_quickly(&task, status, Some(&open)) {
        return Err(TasksError::WrongState(
            "Nhiệm vụ này cần báo cáo đầy đủ. Mở báo cáo để viết tiếp rồi gửi.",
        ));
    }
    let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    drop(conn);
    let doing = deliverables.iter().filter(|it| it.stage < DeliverableStage::Reported);
    let item = |id| ReportItem { deliverable: id, claim: Claim::Doing, note: String::new() };
    let fields = ReportFields {
        results: WORDS.to_owned(),
        self_rating: Some(SelfRating::OnTrack),
        items: doing.map(|it| item(it.id)).collect(),
        ..ReportFields::default()
    };
    let saved = save_report(ctx, db, open.id, fields, open.version).await?;
    if ctx.may(Right::SendReports, reach::over_lead(&task)) {
        return send_report(ctx, db, saved.id, saved.version).await.map(Some);
    }
    submit_report(ctx, db, saved.id, saved.version).await?;
    Ok(None)
}

/// Opened, but nobody has written into it.
fn is_untouched(report: &Report) -> bool {
    report.state == ReportState::Draft && report.version == 1 && report.results.is_empty()
}
