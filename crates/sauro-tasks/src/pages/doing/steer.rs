//! Urging, pause and cancel.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Response};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::acts::answered;
use super::around::Around;
use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, Amendment, TaskView, Urged};
use crate::model::{Stage, Task};

#[derive(Template)]
#[template(path = "doing/steer.html")]
struct SteerPage {
    chrome: Chrome,
    task: Task,
    status: &'static str,
    due: String,
    lead: String,
    n_children: i64,
    can_urge: bool,
    can_pause: bool,
    can_resume: bool,
    can_cancel: bool,
    words: String,
    amendment: String,
    reason: String,
    faults: Faults,
}

/// `GET /nhiem-vu/{code}/dieu-hanh`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    if !view.powers.amends && !view.powers.presses {
        return Err(Failure::Forbidden);
    }
    render(&ctx, &around, chrome, view, &Sent::default(), Faults::none())
}

/// `POST /nhiem-vu/{code}/dieu-hanh`.
pub(super) async fn submit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let task = view.task.id;
    let (done, just) = if sent.text("viec") == "don-doc" {
        (urge(&ctx, &db, &view, sent.text("loi-nhac")).await, "don-doc")
    } else {
        let version = view.task.version;
        match Amendment::of_code(sent.text("thay-doi")) {
            Some(it) => {
                let reason = sent.text("ly-do");
                let done = actions::amend_task(&ctx, &db, task, it, reason, version).await;
                (done.map(drop), sent.text("thay-doi"))
            }
            None => {
                let sentence = "Chọn việc cần làm với nhiệm vụ.";
                let fault = crate::error::Fault::new("thay-doi", sentence);
                (Err(TasksError::Invalid(vec![fault])), "")
            }
        }
    };
    answered(done, &code, (just, &sent), |faults| {
        render(&ctx, &around, chrome, view, &sent, faults)
    })
}

async fn urge(ctx: &Ctx, db: &Db, view: &TaskView, words: &str) -> Result<(), TasksError> {
    let outcomes = actions::urge_many(ctx, db, &[view.task.id], words).await?;
    match outcomes.first() {
        Some(Urged::Done) => Ok(()),
        Some(Urged::Already) => Err(TasksError::WrongState(
            "Hôm nay cơ quan đã đôn đốc nhiệm vụ này. Cần gấp hơn thì yêu cầu giải trình.",
        )),
        Some(Urged::NothingOwed) => Err(TasksError::WrongState(
            "Đơn vị không còn nợ báo cáo của nhiệm vụ này nên không cần đôn đốc.",
        )),
        Some(Urged::OutOfReach) | None => Err(TasksError::NotFound("task")),
    }
}

fn render(
    ctx: &Ctx,
    around: &Around,
    chrome: Chrome,
    view: TaskView,
    sent: &Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let stage = view.task.stage;
    let amends = view.powers.amends;
    page(&SteerPage {
        chrome,
        status: view.status.code(),
        due: around.due_words(ctx, &view.task, view.status),
        lead: around.name(view.task.lead),
        n_children: view.children.total,
        can_urge: view.powers.presses
            && matches!(stage, Stage::Issued | Stage::InProgress | Stage::Returned),
        can_pause: amends && stage.is_open(),
        can_resume: amends && stage == Stage::Paused,
        can_cancel: amends && (stage.is_open() || stage == Stage::Paused),
        task: view.task,
        words: sent.text("loi-nhac").to_owned(),
        amendment: sent.text("thay-doi").to_owned(),
        reason: sent.text("ly-do").to_owned(),
        faults,
    })
}

impl SteerPage {
    fn changes(&self) -> Vec<sauro_ui::Choice> {
        let all = [
            (self.can_resume, "mo-lai", "Mở lại: đơn vị báo cáo tiếp"),
            (self.can_pause, "tam-dung", "Tạm dừng: chưa nhận báo cáo, chưa đánh giá"),
            (self.can_cancel, "huy", "Hủy: dừng hẳn, không mở lại được"),
        ];
        let shown = all.into_iter().filter(|it| it.0);
        shown.map(|(_, code, label)| sauro_ui::Choice::new(code, label)).collect()
    }
}
