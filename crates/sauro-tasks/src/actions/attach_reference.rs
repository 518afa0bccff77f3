use sauro_journal::Event;
use sauro_kernel::{Ctx, DeliverableId, EvidenceId, ReportId};
use sauro_store::Db;
use serde_json::json;

use super::attach_file::{added, held, must_have_room};
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Evidence, EvidenceKind, parse_document_number, parse_link};
use crate::store;

/// Adds an address to an open report as evidence.
///
/// # Errors
///
/// [`TasksError::Invalid`] (field `lien-ket`) for anything but `http://` and `https://`.
pub async fn attach_link(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    deliverable: Option<DeliverableId>,
    address: &str,
) -> Result<Evidence, TasksError> {
    let address = parse_link(address)
        .map_err(|sentence| TasksError::Invalid(vec![Fault::new("lien-ket", sentence)]))?;
    attach(ctx, db, report, deliverable, EvidenceKind::Link, address).await
}

/// Adds the number of a document to an open report as evidence.
///
/// # Errors
///
/// [`TasksError::Invalid`] (field `so-van-ban`) for what is no number of a document.
pub async fn attach_document(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    deliverable: Option<DeliverableId>,
    number: &str,
) -> Result<Evidence, TasksError> {
    let number = parse_document_number(number)
        .map_err(|sentence| TasksError::Invalid(vec![Fault::new("so-van-ban", sentence)]))?;
    attach(ctx, db, report, deliverable, EvidenceKind::Document, number).await
}

async fn attach(
    ctx: &Ctx,
    db: &Db,
    report: ReportId,
    deliverable: Option<DeliverableId>,
    kind: EvidenceKind,
    label: String,
) -> Result<Evidence, TasksError> {
    let mut conn = db.write().await?;
    let found = held(ctx, &mut conn, report, deliverable).await?;
    let all = store::evidence::of_report(&mut conn, report).await?;
    let same =
        |it: &&Evidence| it.kind == kind && it.label == label && it.deliverable == deliverable;
    if let Some(same) = all.iter().find(same) {
        return Ok(same.clone());
    }
    must_have_room(&all)?;
    let evidence = Evidence {
        id: EvidenceId(ctx.ids.fresh()),
        task: found.task,
        report,
        deliverable,
        kind,
        label,
        file_hash: None,
        mime: String::new(),
        n_bytes: 0,
        added_by: ctx.actor.post,
        added_at: ctx.now_us(),
    };
    store::evidence::insert(&mut conn, &evidence).await?;
    sauro_journal::append(&mut conn, ctx, added(&evidence)).await?;
    conn.commit().await?;
    Ok(evidence)
}

/// Takes a piece of evidence out of an open report. A sent report keeps all it was sent with.
///
/// # Errors
///
/// [`TasksError::NotFound`] for evidence out of reach, [`TasksError::WrongState`] after sending.
pub async fn detach(ctx: &Ctx, db: &Db, evidence: EvidenceId) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let Some(found) = store::evidence::find(&mut conn, evidence).await? else {
        return Err(TasksError::NotFound("evidence"));
    };
    held(ctx, &mut conn, found.report, None).await?;
    store::evidence::delete(&mut conn, evidence).await?;
    let data = json!({ "evidence": evidence, "report": found.report });
    sauro_journal::append(&mut conn, ctx, Event::new("EvidenceRemoved", "task", found.task, data))
        .await?;
    conn.commit().await?;
    Ok(())
}
