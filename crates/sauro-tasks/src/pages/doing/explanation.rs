//! Requests to explain: asked from above, answered by the lead.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Response};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::acts::{answered, day};
use super::around::Around;
use super::upload::Sent;
use crate::actions::{self, TaskView};
use crate::model::{Explanation, ExplanationState, Stage, Task};

/// A request to explain on the page.
pub(super) struct Explained {
    it: Explanation,
    who: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "doing/explanation.html")]
struct ExplanationPage {
    chrome: Chrome,
    task: Task,
    status: &'static str,
    due: String,
    lead: String,
    requests: Vec<Explained>,
    can_ask: bool,
    can_answer: bool,
    own: sauro_kernel::AgencyId,
    question: String,
    due_on: String,
    answer: String,
    faults: Faults,
}

/// `GET /nhiem-vu/{code}/giai-trinh`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    render(&ctx, &around, chrome, view, &Sent::default(), Faults::none())
}

/// `POST /nhiem-vu/{code}/giai-trinh`.
pub(super) async fn submit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let (task, id) = (view.task.id, sent.text("yeu-cau").parse());
    let (done, just) = match (sent.text("viec"), id) {
        ("tra-loi", Ok(id)) => {
            let answer = sent.text("tra-loi");
            let done = actions::answer_explanation(&ctx, &db, task, id, answer).await;
            (done, "giai-trinh")
        }
        ("tiep-nhan", Ok(id)) => {
            (actions::close_explanation(&ctx, &db, task, id).await, "tiep-nhan")
        }
        _ => {
            let (question, due_on) = (sent.text("noi-dung"), day(sent.text("han-giai-trinh")));
            let calendar = around.calendar();
            let asked = actions::ask_explanation(&ctx, &db, calendar, task, question, due_on).await;
            (asked.map(drop), "yeu-cau-giai-trinh")
        }
    };
    answered(done, &code, (just, &sent), |faults| {
        render(&ctx, &around, chrome, view, &sent, faults)
    })
}

fn render(
    ctx: &Ctx,
    around: &Around,
    chrome: Chrome,
    view: TaskView,
    sent: &Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let own = ctx.actor.agency;
    let waits = |it: &Explanation| it.state == ExplanationState::Asked && it.asked_by_agency == own;
    let now = ctx.now_us();
    page(&ExplanationPage {
        chrome,
        status: view.status.code(),
        due: around.due_words(ctx, &view.task, view.status),
        lead: around.name(view.task.lead),
        can_ask: view.powers.presses
            && view.task.stage != Stage::Cancelled
            && !view.explanations.iter().any(waits),
        can_answer: view.powers.sends,
        own,
        requests: view
            .explanations
            .into_iter()
            .map(|it| Explained {
                who: around.name(it.asked_by_agency),
                is_late: it.is_late(now),
                it,
            })
            .collect(),
        task: view.task,
        question: sent.text("noi-dung").to_owned(),
        due_on: sent.text("han-giai-trinh").to_owned(),
        answer: sent.text("tra-loi").to_owned(),
        faults,
    })
}

impl ExplanationPage {
    /// True when this reader has to take note of the answer.
    fn is_to_read(&self, it: &Explained) -> bool {
        it.it.state == ExplanationState::Answered && it.it.asked_by_agency == self.own
    }

    /// True when this reader has to answer.
    fn is_to_answer(&self, it: &Explained) -> bool {
        self.can_answer && it.it.state == ExplanationState::Asked
    }
}
