//! `/xep-hang/ky/{id}`: one ranking, and the same as a file to count along.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, RankingId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::answer::shown;
use super::export::{Format, answer};
use super::table::{TableView, editions};
use super::{Asked, House, ScoreFacts, Sent, text};
use crate::actions::{self, RankingView};

#[derive(Template)]
#[template(path = "scores/ranking.html")]
struct RankingPage {
    chrome: Chrome,
    faults: Faults,
    view: RankingView,
    table: TableView,
    editions: Vec<(i64, String, String)>,
    asked: Asked,
    done: &'static str,
    /// Where the pages of units lie.
    base: String,
    /// The period and the days for units are over.
    can_close: bool,
}

/// `GET /xep-hang/ky/{id}`, and the same with `.csv` and `.xlsx`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let house = House::new(&db, facts, &directory);
    let (id, format) = Format::split(&id);
    let id: RankingId = id.parse().map_err(|_| Failure::NotFound)?;
    let view = actions::ranking_view(&ctx, &house.room(), id, asked.edition()).await?;
    match format {
        Some(format) => answer(view, format, "private, no-store").await,
        None => Ok(draw(&ctx, &house, chrome, view, (asked, Faults::none()))?.into_response()),
    }
}

/// `POST /xep-hang/ky/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<RankingId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let house = House::new(&db, facts, &directory);
    let room = house.room();
    let key = (id, text(&sent, "phien-ban").parse().unwrap_or_default());
    let (just, done) = match text(&sent, "viec") {
        "chot" => ("chot", actions::close_ranking(&ctx, &room, key).await),
        "cong-khai" => ("cong-khai", actions::publish_ranking(&ctx, &room, key).await),
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/xep-hang/ky/{id}?vua={just}")).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let view = actions::ranking_view(&ctx, &room, id, None).await?;
            let html = draw(&ctx, &house, chrome, view, (Asked::default(), faults))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

fn draw(
    ctx: &Ctx,
    house: &House,
    chrome: Chrome,
    view: RankingView,
    (asked, faults): (Asked, Faults),
) -> Result<Html<String>, Failure> {
    let done = match asked.just.as_str() {
        "chot" => "Đã chốt kỳ. Số liệu và điểm không đổi nữa.",
        "cong-khai" => "Đã công khai kết quả.",
        "mo" => "Đã mở kỳ xếp hạng. Điểm tính trực tiếp cho đến khi chốt.",
        _ => "",
    };
    let last = view.ranking.period.end().max(view.ranking.self_until);
    page(&RankingPage {
        table: TableView::of(&view, &house.directory, &asked.words),
        editions: editions(&view),
        base: format!("/xep-hang/ky/{}", view.ranking.id),
        can_close: view.ranking.is_open() && ctx.today() > last,
        chrome,
        faults,
        view,
        asked,
        done,
    })
}
