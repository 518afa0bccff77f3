//! Several alike things in one go (xử lý cùng lúc). Each is its own decision in its own transaction:
//! what cannot be done is named, and does not hold up the rest.

use sauro_kernel::{Ctx, DeliverableId, DraftId, ReportId, TaskId};
use sauro_store::Db;

use super::issue_drafts::issue_drafts;
use super::send_report::send_report;
use super::verify::{Verdict, prose, verify};
use crate::model::{Agencies, Decision};
use crate::{Fault, TasksError};

/// The most things taken in one go: as many as a page shows, several times over.
pub const MAX_BATCH: usize = 100;

/// What came of one thing.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The thing.
    pub of: T,
    /// What came of it.
    pub result: Result<(), TasksError>,
}

/// Deliverables of one task that get the same verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The task.
    pub task: TaskId,
    /// Its version when they were chosen.
    pub version: i64,
    /// The deliverables.
    pub deliverables: Vec<DeliverableId>,
}

/// Sends prepared reports (ký gửi), each with the version that the leader saw.
///
/// # Errors
///
/// [`TasksError::Invalid`] when nothing or too much is chosen; the store's own failures. What keeps
/// one report from being sent is in its outcome.
pub async fn send_reports(
    ctx: &Ctx,
    db: &Db,
    reports: &[(ReportId, i64)],
) -> Result<Vec<Outcome<ReportId>>, TasksError> {
    must_choose(reports.len(), "báo cáo")?;
    let mut outcomes = Vec::with_capacity(reports.len());
    for (report, version) in reports {
        let result = send_report(ctx, db, *report, *version).await.map(drop);
        outcomes.push(outcome(*report, result)?);
    }
    Ok(outcomes)
}

/// Gives the same verdict, with the same words, to deliverables of several tasks. Each deliverable
/// gets its own decision, as if it had been decided alone.
///
/// # Errors
///
/// As [`send_reports`], and [`TasksError::Invalid`] when the words are missing.
pub async fn verify_alike(
    ctx: &Ctx,
    db: &Db,
    chosen: &[Chosen],
    decision: Decision,
    words: &str,
) -> Result<Vec<Outcome<TaskId>>, TasksError> {
    must_choose(chosen.iter().map(|it| it.deliverables.len()).sum(), "sản phẩm")?;
    let is_return = decision == Decision::Returned;
    let label = if is_return { "lý do trả lại" } else { "đã kiểm tra những gì" };
    let words =
        prose("loi-chung", label, words, true).map_err(|it| TasksError::Invalid(vec![it]))?;
    let (checked, reason) = if is_return { (String::new(), words) } else { (words, String::new()) };
    let mut outcomes = Vec::with_capacity(chosen.len());
    for it in chosen {
        let verdict = |deliverable: &DeliverableId| Verdict {
            deliverable: *deliverable,
            decision,
            checked: checked.clone(),
            reason: reason.clone(),
        };
        let verdicts = it.deliverables.iter().map(verdict).collect();
        let result = verify(ctx, db, it.task, verdicts, it.version).await.map(drop);
        outcomes.push(outcome(it.task, result)?);
    }
    Ok(outcomes)
}

/// Issues proposed drafts (duyệt giao), one after the other.
///
/// # Errors
///
/// As [`send_reports`].
pub async fn issue_each(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    drafts: &[DraftId],
) -> Result<Vec<Outcome<DraftId>>, TasksError> {
    must_choose(drafts.len(), "dự thảo")?;
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let result = issue_drafts(ctx, db, directory, &[*draft]).await.map(drop);
        outcomes.push(outcome(*draft, result)?);
    }
    Ok(outcomes)
}

fn must_choose(n: usize, what: &str) -> Result<(), TasksError> {
    let sentence = match n {
        0 => format!("Chọn ít nhất một {what} ở danh sách dưới."),
        n if n > MAX_BATCH => {
            format!("Đã chọn {n} {what}. Mỗi lần chọn tối đa {MAX_BATCH}.")
        }
        _ => return Ok(()),
    };
    Err(TasksError::Invalid(vec![Fault::new("danh-sach", sentence)]))
}

/// A refusal belongs to the thing; a failing store ends the batch.
fn outcome<T>(of: T, result: Result<(), TasksError>) -> Result<Outcome<T>, TasksError> {
    match result {
        Err(err @ (TasksError::Store(_) | TasksError::Files(_))) => Err(err),
        result => Ok(Outcome { of, result }),
    }
}
