use sauro_kernel::{Ctx, ReportId, Right, TaskId};
use sauro_store::{Conn, Db, StoreError};

use super::reach;
use crate::TasksError;
use crate::model::{Report, ReportFields, ReportItem, ReportState, Stage, Task};
use crate::store;

/// Opens the one report of `task` that is being written; starts it when there is none.
///
/// A new one takes over what changes little: difficulties, proposals and the claim on each
/// deliverable of the last sent report; after a return, all of it. Version 1 of a report with a
/// predecessor so means: nobody has looked at these words yet.
///
/// # Errors
///
/// [`TasksError::NotFound`] for a task out of reach, [`TasksError::Denied`] without
/// [`Right::DraftReports`] over the lead, [`TasksError::WrongState`] when the task takes no reports.
pub async fn open_report(ctx: &Ctx, db: &Db, task: TaskId) -> Result<Report, TasksError> {
    if let Some(open) = find_open(ctx, &mut db.read().await?, task).await? {
        return Ok(open);
    }
    match start(ctx, db, task).await {
        // Somebody else has just started it.
        Err(TasksError::Store(StoreError::Conflict(err))) => {
            let open = find_open(ctx, &mut db.read().await?, task).await?;
            open.ok_or(TasksError::Store(StoreError::Conflict(err)))
        }
        started => started,
    }
}

async fn find_open(ctx: &Ctx, conn: &mut Conn, task: TaskId) -> Result<Option<Report>, TasksError> {
    let task = reach::task(ctx, conn, task).await?;
    let open = store::reports::open_of_task(conn, task.id).await?;
    if !(open.is_some() && ctx.may(Right::SendReports, reach::over_lead(&task))) {
        ctx.require(Right::DraftReports, reach::over_lead(&task))?;
    }
    Ok(open)
}

async fn start(ctx: &Ctx, db: &Db, task: TaskId) -> Result<Report, TasksError> {
    let mut conn = db.write().await?;
    let task = reach::task(ctx, &mut conn, task).await?;
    ctx.require(Right::DraftReports, reach::over_lead(&task))?;
    reach::must_take_reports(&task)?;
    if task.stage == Stage::InUse {
        return Err(TasksError::WrongState(
            "Sản phẩm đã được xác nhận đang sử dụng; nhiệm vụ không cần báo cáo nữa.",
        ));
    }
    if let Some(open) = store::reports::open_of_task(&mut conn, task.id).await? {
        return Ok(open);
    }
    let fields = carried_over(&mut conn, &task).await?;
    let report = blank(ctx, &task, &fields);
    store::reports::insert(&mut conn, &report).await?;
    store::report_items::insert_many(&mut conn, report.id, &fields.items).await?;
    conn.commit().await?;
    Ok(report)
}

/// What a new report takes over from the last one.
async fn carried_over(conn: &mut Conn, task: &Task) -> Result<ReportFields, StoreError> {
    let last = store::reports::sent_of_task(conn, task.id, 1).await?;
    let Some(last) = last.into_iter().next() else { return Ok(ReportFields::default()) };
    let deliverables = store::deliverables::of_task(conn, task.id).await?;
    let items = store::report_items::of_report(conn, last.id).await?;
    let is_open = |item: &ReportItem| {
        let found = deliverables.iter().find(|it| it.id == item.deliverable);
        found.is_some_and(|it| it.stage < crate::model::DeliverableStage::Accepted)
    };
    let is_returned = last.state == ReportState::Returned;
    Ok(ReportFields {
        results: if is_returned { last.results } else { String::new() },
        difficulties: last.difficulties,
        proposals: last.proposals,
        self_rating: if is_returned { last.self_rating } else { None },
        items: items.into_iter().filter(is_open).collect(),
    })
}

/// A report of `task` with `fields`, by the caller, being written.
pub(crate) fn blank(ctx: &Ctx, task: &Task, fields: &ReportFields) -> Report {
    Report {
        id: ReportId(ctx.ids.fresh()),
        task: task.id,
        agency: task.lead,
        state: ReportState::Draft,
        results: fields.results.clone(),
        difficulties: fields.difficulties.clone(),
        proposals: fields.proposals.clone(),
        self_rating: fields.self_rating,
        drafted_by: ctx.actor.post,
        changed_by: ctx.actor.post,
        changed_at: ctx.now_us(),
        sent_by: None,
        sent_at: None,
        receipt: None,
        reason: String::new(),
        version: 1,
    }
}
