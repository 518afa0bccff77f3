use bytes::Bytes;
use sauro_kernel::{Ctx, DeliverableId, ReportId, Right};
use sauro_store::{Conn, Db, FileHash, Files};

use super::attach_file::{checked, file_evidence, must_belong};
use super::open_report::blank;
use super::reach;
use super::send_report::{Arrival, Receipt, must_be_shown, next_receipt, receipt_of};
use crate::TasksError;
use crate::error::Fault;
use crate::model::{
    Claim, Deliverable, Evidence, Report, ReportFields, ReportItem, ReportState, Task,
};
use crate::store;

/// A report that a program sends in one go.
#[derive(Debug, Clone, Default)]
pub struct WholeReport {
    /// What it says.
    pub fields: ReportFields,
    /// A file as evidence: its name and content.
    pub file: Option<(String, Bytes)>,
    /// The deliverable that the file shows; none for the report as a whole.
    pub shows: Option<DeliverableId>,
    /// The program's own name for this call. A retry with the same one gets the same receipt.
    pub key: Option<String>,
}

/// Deliverables named by their place in the task, as programs and people count them.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// What is said of them, beside the items of the report.
    pub claims: Vec<(i64, Claim, String)>,
    /// The one that the file shows.
    pub shows: Option<i64>,
}

/// Makes a report on the task `code`, attaches its file and sends it, in one transaction.
///
/// # Errors
///
/// As [`send_report`](super::send_report) and [`attach_file`](super::attach_file).
pub async fn report_with_file(
    ctx: &Ctx,
    db: &Db,
    files: &Files,
    code: &str,
    whole: WholeReport,
) -> Result<Receipt, TasksError> {
    report_by_place(ctx, db, files, code, whole, Places::default()).await
}

/// [`report_with_file`], where some deliverables are named by their place.
///
/// # Errors
///
/// As there; [`TasksError::Invalid`] for a place that the task does not have.
pub async fn report_by_place(
    ctx: &Ctx,
    db: &Db,
    files: &Files,
    code: &str,
    whole: WholeReport,
    places: Places,
) -> Result<Receipt, TasksError> {
    // Strangers must not fill the disk.
    let task = reach::task_of_code(ctx, &mut db.read().await?, code).await?;
    ctx.require(Right::SendReports, reach::over_lead(&task))?;
    let file = match &whole.file {
        Some((name, content)) => {
            let (name, kind) = checked(name, content.clone()).await?;
            Some((name, kind, files.put(content.clone()).await?))
        }
        None => None,
    };

    let mut conn = db.write().await?;
    let now = ctx.now_us();
    let Some(task) = store::tasks_progress::lock(&mut conn, task.id, now).await? else {
        return Err(TasksError::NotFound("task"));
    };
    let id = ReportId(ctx.ids.fresh());
    if let Some(receipt) = answered(ctx, &mut conn, &task, whole.key.as_deref(), id).await? {
        return Ok(receipt);
    }
    reach::must_take_reports(&task)?;
    let deliverables = store::deliverables::of_task(&mut conn, task.id).await?;
    let shows =
        places.shows.map(|ordinal| at_place(&deliverables, ordinal)).transpose()?.or(whole.shows);
    if let Some(shows) = shows {
        must_belong(&deliverables, shows)?;
    }
    let fields = stated(whole.fields, &places, &deliverables)?;
    let receipt = next_receipt(ctx, &mut conn, id).await?;
    let report = sent(ctx, &task, &fields, &receipt);
    let mut evidence: Option<Evidence> = None;
    if let Some((name, kind, stored)) = file {
        sauro_store::files::record(&mut conn, &stored, kind.mime, now).await?;
        evidence = Some(file_evidence(ctx, &report, shows, name, &kind, &stored));
    }
    must_be_shown(&fields, &deliverables, evidence.as_slice())?;
    store::reports::insert(&mut conn, &report).await?;
    store::report_items::insert_many(&mut conn, id, &fields.items).await?;
    if let Some(evidence) = &evidence {
        store::evidence::insert(&mut conn, evidence).await?;
    }
    let arrival =
        Arrival { task: &task, deliverables: &deliverables, fields: &fields, receipt: &receipt };
    arrival.write(ctx, &mut conn).await?;
    conn.commit().await?;
    Ok(receipt)
}

/// What the report says, with every claim at its deliverable.
fn stated(
    mut fields: ReportFields,
    places: &Places,
    deliverables: &[Deliverable],
) -> Result<ReportFields, TasksError> {
    for (ordinal, claim, note) in &places.claims {
        let deliverable = at_place(deliverables, *ordinal)?;
        fields.items.push(ReportItem { deliverable, claim: *claim, note: note.clone() });
    }
    fields.cleaned(deliverables).map_err(TasksError::Invalid)
}

fn at_place(deliverables: &[Deliverable], ordinal: i64) -> Result<DeliverableId, TasksError> {
    let found = deliverables.iter().find(|it| it.ordinal == ordinal).map(|it| it.id);
    found.ok_or_else(|| {
        let sentence = format!("Nhiệm vụ không có sản phẩm số {ordinal}.");
        TasksError::Invalid(vec![Fault::new("san-pham", sentence)])
    })
}

/// Reserves the program's key for the report `id`, or answers the receipt given for it before.
async fn answered(
    ctx: &Ctx,
    conn: &mut Conn,
    task: &Task,
    key: Option<&str>,
    id: ReportId,
) -> Result<Option<Receipt>, TasksError> {
    let Some(key) = key.filter(|it| !it.is_empty()) else { return Ok(None) };
    let hash = FileHash::of(format!("{}\n{}\n{key}", ctx.actor.agency, task.id).as_bytes()).0;
    if store::report_keys::insert(conn, &hash, id, ctx.now_us()).await? {
        return Ok(None);
    }
    let first = store::report_keys::find(conn, &hash).await?;
    let Some(first) = first else { return Err(TasksError::Stale) };
    let report = store::reports::find(conn, first).await?;
    Ok(report.as_ref().and_then(receipt_of))
}

fn sent(ctx: &Ctx, task: &Task, fields: &ReportFields, receipt: &Receipt) -> Report {
    Report {
        id: receipt.report,
        state: ReportState::Sent,
        sent_by: Some(ctx.actor.post),
        sent_at: Some(receipt.sent_at),
        receipt: Some(receipt.code.clone()),
        ..blank(ctx, task, fields)
    }
}
