use bytes::Bytes;
use sauro_journal::Event;
use sauro_kernel::{Ctx, DeliverableId, EvidenceId, ReportId};
use sauro_papers::{FileKind, clean_name, sniff};
use sauro_store::{Conn, Db, Files, Stored};
use serde_json::json;

use super::reach;
use super::save_report::must_hold;
use crate::TasksError;
use crate::error::Fault;
use crate::model::{Deliverable, Evidence, EvidenceKind, Report};
use crate::store;
use crate::store::reports::Change;

/// Largest file accepted as evidence, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Most pieces of evidence in one report.
pub(crate) const MAX_PIECES: usize = 60;

/// Adds a file to an open report as evidence, for one deliverable or for the report as a whole.
///
/// The content decides what it is; the name must agree. The file is durable before the row that
/// names it is written. The same file a second time in the same place is the same evidence.
///
/// # Errors
///
/// [`TasksError::Invalid`] (field `tep`) for a file that is not accepted, with the reason.
pub async fn attach_file(
    ctx: &Ctx,
    db: &Db,
    files: &Files,
    report: ReportId,
    deliverable: Option<DeliverableId>,
    name: &str,
    content: Bytes,
) -> Result<Evidence, TasksError> {
    // Strangers must not fill the disk.
    let (task, found) = reach::report(ctx, &mut db.read().await?, report).await?;
    must_hold(ctx, &task, &found)?;
    let (name, kind) = checked(name, content.clone()).await?;
    let stored = files.put(content).await?;

    let mut conn = db.write().await?;
    let found = held(ctx, &mut conn, report, deliverable).await?;
    let same = |it: &&Evidence| {
        it.file_hash == Some(stored.hash.0) && it.deliverable == deliverable && it.label == name
    };
    let all = store::evidence::of_report(&mut conn, report).await?;
    if let Some(same) = all.iter().find(same) {
        return Ok(same.clone());
    }
    must_have_room(&all)?;
    let evidence = file_evidence(ctx, &found, deliverable, name, &kind, &stored);
    sauro_store::files::record(&mut conn, &stored, kind.mime, evidence.added_at).await?;
    store::evidence::insert(&mut conn, &evidence).await?;
    sauro_journal::append(&mut conn, ctx, added(&evidence)).await?;
    conn.commit().await?;
    Ok(evidence)
}

/// The cleaned name and the kind of an accepted file.
pub(crate) async fn checked(name: &str, content: Bytes) -> Result<(String, FileKind), TasksError> {
    let name = clean_name(name);
    let refuse = |sentence: String| {
        TasksError::Invalid(vec![Fault::new("tep", format!("“{name}”: {sentence}"))])
    };
    if content.len() > MAX_FILE_BYTES {
        return Err(refuse(too_large()));
    }
    let asked = name.clone();
    // Looking into packages takes the processor a while.
    let kind = tokio::task::spawn_blocking(move || sniff(&content, &asked)).await;
    match kind {
        Ok(Ok(kind)) => Ok((name, kind)),
        Ok(Err(err)) => Err(refuse(err.sentence())),
        Err(_) => Err(refuse("Chưa kiểm tra được tệp này. Hãy thử lại.".to_owned())),
    }
}

/// What is said of a file that is too large.
pub fn too_large() -> String {
    format!(
        "Tệp lớn hơn giới hạn {} MB. Hãy nén ảnh trong tệp hoặc chia thành nhiều tệp nhỏ hơn.",
        MAX_FILE_BYTES / (1024 * 1024)
    )
}

/// Reads an open report in the caller's hands, and keeps it from being sent meanwhile.
pub(crate) async fn held(
    ctx: &Ctx,
    conn: &mut Conn,
    report: ReportId,
    deliverable: Option<DeliverableId>,
) -> Result<Report, TasksError> {
    let change = Change { by: ctx.actor.post, at: ctx.now_us() };
    let is_open = store::reports::touch_open(conn, report, change).await?;
    let (task, found) = reach::report(ctx, conn, report).await?;
    must_hold(ctx, &task, &found)?;
    if !is_open {
        return Err(TasksError::NotFound("report"));
    }
    if let Some(id) = deliverable {
        let all = store::deliverables::of_task(conn, task.id).await?;
        must_belong(&all, id)?;
    }
    Ok(found)
}

/// `Ok` when the deliverable is one of the task's.
pub(crate) fn must_belong(all: &[Deliverable], id: DeliverableId) -> Result<(), TasksError> {
    if all.iter().any(|it| it.id == id) { Ok(()) } else { Err(TasksError::NotFound("deliverable")) }
}

/// `Ok` while a report has room for one more piece of evidence.
pub(crate) fn must_have_room(all: &[Evidence]) -> Result<(), TasksError> {
    if all.len() < MAX_PIECES {
        return Ok(());
    }
    let sentence =
        format!("Báo cáo đã có {MAX_PIECES} minh chứng. Bỏ bớt minh chứng không cần rồi thêm lại.");
    Err(TasksError::Invalid(vec![Fault::new("tep", sentence)]))
}

pub(crate) fn file_evidence(
    ctx: &Ctx,
    report: &Report,
    deliverable: Option<DeliverableId>,
    name: String,
    kind: &FileKind,
    stored: &Stored,
) -> Evidence {
    Evidence {
        id: EvidenceId(ctx.ids.fresh()),
        task: report.task,
        report: report.id,
        deliverable,
        kind: EvidenceKind::File,
        label: name,
        file_hash: Some(stored.hash.0),
        mime: kind.mime.to_owned(),
        n_bytes: i64::try_from(stored.n_bytes).unwrap_or(i64::MAX),
        added_by: ctx.actor.post,
        added_at: ctx.now_us(),
    }
}

/// The event of a piece of evidence that was added.
pub(crate) fn added(it: &Evidence) -> Event {
    let data = json!({
        "evidence": it.id,
        "report": it.report,
        "kind": it.kind.code(),
        "hash": it.file_hash.map(|hash| sauro_store::FileHash(hash).to_string()),
    });
    Event::new("EvidenceAdded", "task", it.task, data)
}
