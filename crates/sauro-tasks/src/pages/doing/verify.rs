use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};

use super::around::Around;
use super::below::{lacking_words, rollup_words};
use super::form::{Piece, faults_of, pieces};
use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, ReportView, TaskView, Verdict};
use crate::model::{Claim, Decision, Deliverable, DeliverableStage, Task};

/// A deliverable that waits for a verdict.
struct Waiting {
    ordinal: i64,
    name: String,
    measure: String,
    /// What the claiming report says of it, or empty.
    note: String,
    receipt: String,
    sent_at: i64,
    results: String,
    pieces: Vec<Piece>,
    decision: String,
    checked: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "doing/verify.html")]
struct VerifyPage {
    chrome: Chrome,
    task: Task,
    lead: String,
    status: &'static str,
    due: String,
    version: i64,
    /// How far the tasks handed down are, and what is lacking; both may be empty.
    rollup: String,
    lacking: String,
    waiting: Vec<Waiting>,
    /// Accepted, to be confirmed in use: place, name, words typed.
    accepted: Vec<(i64, String, String)>,
    decisions: Vec<Choice>,
    faults: Faults,
}

/// `GET /nhiem-vu/{code}/nghiem-thu`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    if !view.powers.verifies {
        return Err(Failure::Forbidden);
    }
    render(&ctx, &around, chrome, view, &Sent::default(), Faults::none())
}

/// `POST /nhiem-vu/{code}/nghiem-thu`.
pub(super) async fn submit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let done = match sent.text("viec").strip_prefix("su-dung:") {
        Some(ordinal) => confirm(&ctx, &db, &view, ordinal, &sent).await,
        None => {
            let version = sent.text("version").parse().unwrap_or_default();
            actions::verify(&ctx, &db, view.task.id, verdicts(&view, &sent), version)
                .await
                .map(drop)
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/nhiem-vu/{code}?vua=nghiem-thu")).into_response()),
        Err(TasksError::Invalid(faults)) => {
            let html = render(&ctx, &around, chrome, view, &sent, faults_of(faults))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(TasksError::Stale) => {
            let words =
                "Nhiệm vụ vừa có thay đổi. Xem lại tình trạng và minh chứng mới, rồi ghi nhận lại.";
            let faults = Faults::from_iter([("nghiem-thu", words)]);
            let html = render(&ctx, &around, chrome, view, &sent, faults)?;
            Ok((StatusCode::CONFLICT, html).into_response())
        }
        Err(err) => Err(err.into()),
    }
}

async fn confirm(
    ctx: &Ctx,
    db: &Db,
    view: &TaskView,
    ordinal: &str,
    sent: &Sent,
) -> Result<(), TasksError> {
    let found = view.deliverables.iter().find(|it| it.ordinal.to_string() == ordinal);
    let Some(found) = found else { return Err(TasksError::NotFound("deliverable")) };
    let words = sent.text(&format!("su-dung-{ordinal}"));
    actions::confirm_in_use(ctx, db, view.task.id, found.id, words).await.map(drop)
}

fn verdicts(view: &TaskView, sent: &Sent) -> Vec<Verdict> {
    let verdict = |it: &Deliverable| {
        let text = |field: &str| sent.text(&format!("{field}-{}", it.ordinal)).to_owned();
        let decision = Decision::of_code(&text("sp"))?;
        Some(Verdict {
            deliverable: it.id,
            decision,
            checked: text("da-kiem-tra"),
            reason: text("ly-do"),
        })
    };
    view.deliverables.iter().filter_map(verdict).collect()
}

fn render(
    ctx: &Ctx,
    around: &Around,
    chrome: Chrome,
    view: TaskView,
    sent: &Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let accepted = view.deliverables.iter().filter(|it| it.stage == DeliverableStage::Accepted);
    let words = |it: &Deliverable| sent.text(&format!("su-dung-{}", it.ordinal)).to_owned();
    page(&VerifyPage {
        chrome,
        lead: around.name(view.task.lead),
        status: view.status.code(),
        due: around.due_words(ctx, &view.task, view.status),
        version: view.task.version,
        rollup: rollup_words(&view.rollup),
        lacking: lacking_words(&view.rollup),
        waiting: view.to_verify().map(|it| waiting(&view, it, sent)).collect(),
        accepted: accepted.map(|it| (it.ordinal, it.name.clone(), words(it))).collect(),
        decisions: vec![
            Choice::new(Decision::Accepted.code(), "Nghiệm thu, đã kiểm tra"),
            Choice::new(Decision::Returned.code(), "Trả lại, nêu lý do"),
            Choice::new("", "Chưa quyết định"),
        ],
        faults,
        task: view.task,
    })
}

fn waiting(view: &TaskView, it: &Deliverable, sent: &Sent) -> Waiting {
    let claims = |report: &&ReportView| {
        report.items.iter().any(|item| item.deliverable == it.id && item.claim != Claim::Doing)
    };
    let report = view.reports.iter().find(claims);
    let note = report.and_then(|report| report.items.iter().find(|item| item.deliverable == it.id));
    let text = |field: &str| sent.text(&format!("{field}-{}", it.ordinal)).to_owned();
    let of_this = |report: &ReportView| {
        let shown = report
            .evidence
            .iter()
            .filter(|piece| piece.evidence.deliverable.is_none_or(|id| id == it.id));
        ReportView { evidence: shown.cloned().collect(), ..report.clone() }
    };
    Waiting {
        ordinal: it.ordinal,
        name: it.name.clone(),
        measure: it.measure.clone(),
        note: note.map(|it| it.note.clone()).unwrap_or_default(),
        receipt: report.and_then(|it| it.report.receipt.clone()).unwrap_or_default(),
        sent_at: report.and_then(|it| it.report.sent_at).unwrap_or_default(),
        results: report.map(|it| it.report.results.clone()).unwrap_or_default(),
        pieces: report.map(|it| pieces(&of_this(it))).unwrap_or_default(),
        decision: text("sp"),
        checked: text("da-kiem-tra"),
        reason: text("ly-do"),
    }
}
