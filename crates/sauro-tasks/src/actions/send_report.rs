use std::collections::BTreeSet;

use sauro_journal::Event;
use sauro_kernel::{Ctx, ReportId, Right};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::reach;
use super::save_report::fields_of;
use crate::TasksError;
use crate::model::{
    Deliverable, Evidence, Progress, Report, ReportFields, SelfRating, Task, reported,
};
use crate::store;
use crate::store::reports::Change;

/// Proof that a report arrived.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    /// Such as `BN-20261120-000418`.
    #[serde(rename = "receipt")]
    pub code: String,
    /// When it arrived, in microseconds.
    pub sent_at: i64,
    /// The report.
    pub report: ReportId,
}

/// Sends a report (ký gửi). Sending one that is sent already answers the same receipt and does
/// nothing else, so a double click or a retry is harmless.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::SendReports`] over the lead; [`TasksError::Stale`] when
/// the report changed since `version`; [`TasksError::Invalid`] names what is claimed done without
/// evidence.
pub async fn send_report(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    version: i64,
) -> Result<Receipt, TasksError> {
    let mut conn = db.write().await?;
    let (task, found) = reach::locked_report(ctx, &mut conn, report).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    if let Some(receipt) = receipt_of(&found) {
        return Ok(receipt);
    }
    reach::must_run(&task)?;
    if found.version != version {
        return Err(TasksError::Stale);
    }
    let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let items = store::report_items::of_report(&mut conn, report).await?;
    let evidence = store::evidence::of_report(&mut conn, report).await?;
    let fields = fields_of(&found, items);
    must_be_shown(&fields, &deliverables, &evidence)?;

    let receipt = next_receipt(ctx, &mut conn, report).await?;
    let change = Change { by: ctx.actor.post, at: receipt.sent_at };
    if !store::reports::update_sent(&mut conn, report, version, &receipt.code, change).await? {
        return Err(TasksError::Stale);
    }
    let arrival =
        Arrival { task: &task, deliverables: &deliverables, fields: &fields, receipt: &receipt };
    arrival.write(ctx, &mut conn).await?;
    conn.commit().await?;
    Ok(receipt)
}

/// Reads a report, if the caller belongs to those who write it.
///
/// # Errors
///
/// [`TasksError::NotFound`] for a report that is not there or out of reach.
pub async fn find_report(ctx: &Ctx, db: &Db, report: ReportId) -> Result<Report, TasksError> {
    Ok(reach::report(ctx, &mut db.read().await?, report).await?.1)
}

/// The receipt of a report that has been sent.
pub fn receipt_of(report: &Report) -> Option<Receipt> {
    let (code, sent_at) = (report.receipt.clone()?, report.sent_at?);
    Some(Receipt { code, sent_at, report: report.id })
}

/// A fresh receipt for `report`, at this instant.
pub(crate) async fn next_receipt(
    ctx: &Ctx,
    conn: &mut Conn,
    report: ReportId,
) -> Result<Receipt, StoreError> {
    let day = ctx.today();
    let n = store::receipts::next_number(conn, day).await?;
    let code = format!("BN-{}-{n:06}", day.format("%Y%m%d"));
    Ok(Receipt { code, sent_at: ctx.now_us(), report })
}

/// `Ok` when everything newly claimed done has evidence.
pub(crate) fn must_be_shown(
    fields: &ReportFields,
    deliverables: &[Deliverable],
    evidence: &[Evidence],
) -> Result<(), TasksError> {
    let shown: BTreeSet<_> = evidence.iter().filter_map(|it| it.deliverable).collect();
    let is_shown = evidence.iter().any(|it| it.deliverable.is_none());
    let faults = fields.faults_of_sending(deliverables, &shown, is_shown);
    if faults.is_empty() { Ok(()) } else { Err(TasksError::Invalid(faults)) }
}

/// What a sent report changes around itself.
pub(crate) struct Arrival<'a> {
    pub(crate) task: &'a Task,
    pub(crate) deliverables: &'a [Deliverable],
    pub(crate) fields: &'a ReportFields,
    pub(crate) receipt: &'a Receipt,
}

impl Arrival<'_> {
    /// Writes the deliverables and the task as the report leaves them, and the journal entry.
    pub(crate) async fn write(&self, ctx: &Ctx, conn: &mut Conn) -> Result<(), StoreError> {
        let now = self.receipt.sent_at;
        let after = reported(self.deliverables, &self.fields.items, now);
        for (before, after) in self.deliverables.iter().zip(&after) {
            if before != after {
                store::tasks_progress::update_deliverable(conn, after).await?;
            }
        }
        let progress = Progress::of(self.task, &after, now);
        let rating = self.fields.self_rating;
        store::tasks_progress::update_reported(conn, self.task.id, &progress, rating, now).await?;
        let data = json!({
            "report": self.receipt.report,
            "receipt": self.receipt.code,
            "stage": progress.stage.code(),
            "self_rating": rating.map_or("", SelfRating::code),
        });
        sauro_journal::append(conn, ctx, Event::new("ReportSent", "task", self.task.id, data))
            .await?;
        Ok(())
    }
}
