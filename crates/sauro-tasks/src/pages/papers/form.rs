use askama::Template;
use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sauro_directory::{DirectoryHandle, Letterhead, Printer};
use sauro_kernel::Ctx;
use sauro_papers::Layout;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::monthly;
use super::order::{STEADS, Sent};
use crate::actions::{self, Source};
use crate::jobs::LiveBoard;

/// Programmes to choose from.
const PROGRAMMES: u16 = 200;

#[derive(Template)]
#[template(path = "papers/monthly.html")]
struct MonthlyPage {
    chrome: Chrome,
    form: Sent,
    faults: Faults,
    programmes: Vec<Choice>,
    layouts: Vec<Choice>,
    steads: Vec<Choice>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Asked {
    /// The code of a programme to begin with.
    chuong_trinh: String,
}

/// `GET /bao-cao-thang`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    actions::may_write_papers(&ctx)?;
    let letterhead = Letterhead::of(&ctx, &directory.directory());
    let form = Sent::usual(letterhead, ctx.today(), asked.chuong_trinh);
    render(&ctx, &db, chrome, form, Faults::none()).await
}

/// `POST /bao-cao-thang`: the report as a file. Nothing is kept.
pub(super) async fn write(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(live): Extension<LiveBoard>,
    Extension(directory): Extension<DirectoryHandle>,
    printer: Printer,
    chrome: Chrome,
    Form(form): Form<Sent>,
) -> Result<Response, Failure> {
    actions::may_write_papers(&ctx)?;
    let printer = printer.asked(&form.tep);
    let order = match form.read(ctx.today()) {
        Ok(order) => order,
        Err(faults) => {
            let html = render(&ctx, &db, chrome, form, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let directory = directory.directory();
    let source =
        Source { db: &db, live: &live, places: &directory, now: ctx.clock.now(), day: order.day };
    let facts = actions::paper_facts(source, &ctx, &order.area).await?;
    let (name, layout) = (order.file_name(), order.layout);
    let paper = monthly::paper(&ctx, &directory, order, &facts);
    printer.answer(&name, paper, layout).await
}

async fn render(
    ctx: &Ctx,
    db: &Db,
    chrome: Chrome,
    form: Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let programmes = actions::programmes(ctx, db, "", PROGRAMMES).await?;
    page(&MonthlyPage {
        chrome,
        form,
        faults,
        programmes: programmes.iter().map(|it| Choice::new(&it.code, &it.name)).collect(),
        layouts: Layout::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        steads: STEADS.iter().map(|(code, label)| Choice::new(code, *label)).collect(),
    })
}
