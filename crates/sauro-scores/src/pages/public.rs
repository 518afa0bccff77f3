//! `/ket-qua/xep-hang`: frozen rankings for everybody; no script.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{RankingId, VIETNAM};
use sauro_ui::{AppState, Chrome, Failure, filters, page};

use super::Asked;
use super::export::{Format, answer};
use super::home::Row;
use super::table::{TableView, editions};
use super::unit_view::UnitView;
use crate::actions::{self, RankingView};

#[derive(Template)]
#[template(path = "scores/public_list.html")]
struct ListPage {
    chrome: Chrome,
    rankings: Vec<Row>,
}

#[derive(Template)]
#[template(path = "scores/public_ranking.html")]
struct RankingPage {
    chrome: Chrome,
    view: RankingView,
    table: TableView,
    editions: Vec<(i64, String, String)>,
    asked: Asked,
    base: String,
}

#[derive(Template)]
#[template(path = "scores/public_unit.html")]
struct UnitPage {
    chrome: Chrome,
    view: RankingView,
    unit: UnitView,
}

impl UnitPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        let name =
            format!("{}, {}", self.view.version.design.name, self.view.ranking.period.label());
        [
            ("/ket-qua/xep-hang".to_owned(), "Xếp hạng".to_owned()),
            (format!("/ket-qua/xep-hang/{}", self.view.ranking.id), name),
        ]
    }
}

/// Where a page may be kept, and how long.
const KEEP: &str = "public, max-age=5";

/// `GET /ket-qua/xep-hang`.
pub(super) async fn list(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let directory = directory.directory();
    let found = actions::public_rankings(&state.db).await?;
    let at = "/ket-qua/xep-hang";
    let rankings = found.iter().map(|it| Row::of(it, &directory, at)).collect();
    let keep = [(header::CACHE_CONTROL, kept(&chrome))];
    Ok((keep, page(&ListPage { chrome, rankings })?).into_response())
}

/// `GET /ket-qua/xep-hang/{id}`, and the same with `.csv` and `.xlsx`.
pub(super) async fn ranking(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (id, format) = Format::split(&id);
    let id: RankingId = id.parse().map_err(|_| Failure::NotFound)?;
    let view = actions::public_ranking(&state.db, id, asked.edition()).await?;
    if let Some(format) = format {
        return answer(view, format, KEEP).await;
    }
    let keep = [(header::CACHE_CONTROL, kept(&chrome))];
    let shown = RankingPage {
        table: TableView::of(&view, &directory.directory(), &asked.words),
        editions: editions(&view),
        base: format!("/ket-qua/xep-hang/{id}"),
        chrome,
        view,
        asked,
    };
    Ok((keep, page(&shown)?).into_response())
}

/// `GET /ket-qua/xep-hang/{id}/{unit}`.
pub(super) async fn unit(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    Path((id, unit)): Path<(RankingId, String)>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let view = actions::public_ranking(&state.db, id, asked.edition()).await?;
    let score = view.score(&unit).ok_or(Failure::NotFound)?;
    let appeals = actions::appeals_of_unit(&state.db, id, score.unit.id).await?;
    let today = state.clock.now().with_timezone(&VIETNAM).date_naive();
    let unit = UnitView::of(&view, score, &appeals, &directory.directory(), today);
    let keep = [(header::CACHE_CONTROL, kept(&chrome))];
    Ok((keep, page(&UnitPage { chrome, view, unit })?).into_response())
}

/// The frame says who is signed in.
fn kept(chrome: &Chrome) -> &'static str {
    if chrome.is_signed_in() { "private, no-cache" } else { KEEP }
}
