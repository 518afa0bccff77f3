//! `/bai-toan`: the problems of the own agency: publishing, changing, withdrawing, saying what solved them.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, ProblemId, Right};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use super::problems::{Asked, ProblemRow, next_page};
use super::{House, Sent, text};
use crate::InitiativesError;
use crate::actions;
use crate::model::{Area, Problem, ProblemFields};

#[derive(Template)]
#[template(path = "initiatives/problem_queue.html")]
struct QueuePage {
    chrome: Chrome,
    rows: Vec<ProblemRow>,
    next: String,
}

#[derive(Template)]
#[template(path = "initiatives/problem_form.html")]
struct FormPage {
    chrome: Chrome,
    faults: Faults,
    fields: ProblemFields,
    areas: Vec<Choice>,
    /// The problem, when it is there already.
    it: Option<Problem>,
    status: (&'static str, &'static str),
    is_stale: bool,
    done: &'static str,
    reason: String,
    solver: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Just {
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /bai-toan`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (found, next) = actions::own_problems(&ctx, &house.state.db, asked.after()).await?;
    let today = house.today();
    let row = |it: &Problem| {
        ProblemRow::of(it, &house.directory, (format!("/bai-toan/{}", it.id), today))
    };
    page(&QueuePage {
        chrome,
        rows: found.iter().map(row).collect(),
        next: next_page("/bai-toan", next),
    })
}

/// `GET /bai-toan/moi`.
pub(super) async fn form(Caller(ctx): Caller, chrome: Chrome) -> Result<Html<String>, Failure> {
    ctx.require(Right::HandleInitiatives, ctx.actor.own())?;
    draw(FormPage::of(chrome, ProblemFields::default(), Faults::none()))
}

/// `POST /bai-toan/moi`.
pub(super) async fn publish(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let fields = fields(&sent);
    match actions::publish_problem(&ctx, &house.state.db, &fields).await {
        Ok(it) => Ok(Redirect::to(&format!("/bai-toan/{}?vua=dang", it.id)).into_response()),
        Err(err) => Err(Failure::Unprocessable(draw(FormPage::of(chrome, fields, shown(err)?))?)),
    }
}

/// `GET /bai-toan/{id}`.
pub(super) async fn one(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<ProblemId>,
    Query(asked): Query<Just>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match asked.just.as_str() {
        "dang" => "Đã đăng bài toán. Nơi có sáng kiến phù hợp được báo.",
        "sua" => "Đã sửa bài toán.",
        "rut" => "Đã rút bài toán, lý do hiện trên trang công khai.",
        "giai" => "Đã ghi bài toán được giải bằng sáng kiến này.",
        _ => "",
    };
    let it = actions::own_problem(&ctx, &house.state.db, id).await?;
    let fields = ProblemFields::of(&it.text);
    let shown = FormPage::of(chrome, fields, Faults::none());
    draw(FormPage { done, ..shown.about(it, &house) })
}

/// `POST /bai-toan/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<ProblemId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let step = text(&sent, "viec");
    let answer = acted(&ctx, &house, id, &sent).await?;
    let faults = match answer {
        Ok(_) => return Ok(Redirect::to(&format!("/bai-toan/{id}?vua={step}")).into_response()),
        Err(InitiativesError::Stale) => None,
        Err(err) => Some(shown(err)?),
    };
    let it = actions::own_problem(&ctx, &house.state.db, id).await?;
    let fields = if step == "sua" { fields(&sent) } else { ProblemFields::of(&it.text) };
    let is_stale = faults.is_none();
    let shown = FormPage::of(chrome, fields, faults.unwrap_or_else(Faults::none));
    let html = draw(FormPage {
        is_stale,
        reason: text(&sent, "ly-do").to_owned(),
        solver: text(&sent, "sang-kien").to_owned(),
        ..shown.about(it, &house)
    })?;
    match is_stale {
        true => Ok((StatusCode::CONFLICT, html).into_response()),
        false => Err(Failure::Unprocessable(html)),
    }
}

async fn acted(
    ctx: &Ctx,
    house: &House,
    id: ProblemId,
    sent: &Sent,
) -> Result<Result<Problem, InitiativesError>, Failure> {
    let (db, key) = (&house.state.db, (id, text(sent, "phien-ban").parse().unwrap_or_default()));
    Ok(match text(sent, "viec") {
        "sua" => actions::edit_problem(ctx, db, key, &fields(sent)).await,
        "rut" => actions::withdraw_problem(ctx, db, key, text(sent, "ly-do")).await,
        "giai" => actions::solve_problem(ctx, db, key, text(sent, "sang-kien")).await,
        _ => return Err(Failure::NotFound),
    })
}

fn fields(sent: &Sent) -> ProblemFields {
    let typed = |name: &str| text(sent, name).to_owned();
    ProblemFields {
        title: typed("ten"),
        area: typed("linh-vuc"),
        pain: typed("vuong"),
        wanted: typed("ket-qua"),
        until: typed("den-ngay"),
    }
}

impl FormPage {
    fn of(chrome: Chrome, fields: ProblemFields, faults: Faults) -> Self {
        Self {
            chrome,
            faults,
            fields,
            areas: Area::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
            it: None,
            status: ("", ""),
            is_stale: false,
            done: "",
            reason: String::new(),
            solver: String::new(),
        }
    }

    /// A new one, or one that is not closed.
    fn is_editable(&self) -> bool {
        self.it.as_ref().is_none_or(Problem::is_open)
    }

    fn about(self, it: Problem, house: &House) -> Self {
        Self { status: it.status(house.today()), it: Some(it), ..self }
    }
}

fn draw(shown: FormPage) -> Result<Html<String>, Failure> {
    page(&shown)
}
