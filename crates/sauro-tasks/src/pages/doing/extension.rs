//! More time: asked for by the lead, decided by the issuer.

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
use crate::model::{Extension, ExtensionState, Stage, Task};

/// A request for more time on the page.
pub(super) struct MoreTime {
    it: Extension,
    who: String,
}

#[derive(Template)]
#[template(path = "doing/extension.html")]
struct ExtensionPage {
    chrome: Chrome,
    task: Task,
    status: &'static str,
    due: String,
    lead: String,
    requests: Vec<MoreTime>,
    /// The request that waits.
    open: Option<String>,
    can_ask: bool,
    can_decide: bool,
    can_withdraw: bool,
    to_on: String,
    reason: String,
    answer: String,
    faults: Faults,
}

/// `GET /nhiem-vu/{code}/gia-han`.
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

/// `POST /nhiem-vu/{code}/gia-han`.
pub(super) async fn submit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let (task, id) = (view.task.id, sent.text("de-nghi").parse());
    let answer = sent.text("tra-loi");
    let (done, just) = match (sent.text("viec"), id) {
        ("dong-y" | "tu-choi", Ok(id)) => {
            let is_granted = sent.text("viec") == "dong-y";
            let done = actions::decide_extension(&ctx, &db, task, id, is_granted, answer).await;
            (done, if is_granted { "gia-han" } else { "khong-gia-han" })
        }
        ("rut", Ok(id)) => (actions::withdraw_extension(&ctx, &db, task, id).await, "rut-gia-han"),
        _ => {
            let to_on = day(sent.text("han-moi"));
            let reason = sent.text("ly-do");
            let calendar = around.calendar();
            let asked = actions::ask_extension(&ctx, &db, calendar, task, to_on, reason).await;
            (asked.map(drop), "xin-gia-han")
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
    let open = view.extensions.iter().find(|it| it.state == ExtensionState::Asked);
    let is_owed = matches!(view.task.stage, Stage::Issued | Stage::InProgress | Stage::Returned);
    let is_in_time = ctx.clock.now() <= sauro_kernel::cut_off(view.task.due_on);
    page(&ExtensionPage {
        chrome,
        status: view.status.code(),
        due: around.due_words(ctx, &view.task, view.status),
        lead: around.name(view.task.lead),
        open: open.map(|it| it.id.to_string()),
        can_ask: open.is_none() && view.powers.sends && is_owed && is_in_time,
        can_decide: open.is_some_and(|it| it.asked_by != ctx.actor.post) && view.powers.amends,
        can_withdraw: open.is_some() && view.powers.sends,
        requests: view
            .extensions
            .into_iter()
            .map(|it| MoreTime { who: around.name(it.asked_by_agency), it })
            .collect(),
        task: view.task,
        to_on: sent.text("han-moi").to_owned(),
        reason: sent.text("ly-do").to_owned(),
        answer: sent.text("tra-loi").to_owned(),
        faults,
    })
}
