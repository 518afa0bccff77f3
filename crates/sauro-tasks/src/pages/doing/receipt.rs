use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use super::around::Around;
use super::form::{Piece, pieces};
use crate::actions;
use crate::model::{Report, ReportItem, Task};

#[derive(Template)]
#[template(path = "doing/receipt.html")]
struct ReceiptPage {
    chrome: Chrome,
    task: Task,
    report: Report,
    code: String,
    sent_at: i64,
    lead: String,
    authority: String,
    claims: Vec<(String, &'static str, String)>,
    pieces: Vec<Piece>,
}

/// `GET /nhiem-vu/{code}/bien-nhan/{receipt}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path((code, receipt)): Path<(String, String)>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let found = view.reports.iter().find(|it| it.report.receipt.as_deref() == Some(&receipt));
    let Some(found) = found else { return Err(Failure::NotFound) };
    let claim = |item: &ReportItem| {
        let name = view.deliverables.iter().find(|it| it.id == item.deliverable)?.name.clone();
        Some((name, item.claim.label(), item.note.clone()))
    };
    page(&ReceiptPage {
        chrome,
        lead: around.name(view.task.lead),
        authority: around.name(view.task.authority),
        claims: found.items.iter().filter_map(claim).collect(),
        pieces: pieces(found),
        code: receipt,
        sent_at: found.report.sent_at.unwrap_or_default(),
        report: found.report.clone(),
        task: view.task,
    })
}
