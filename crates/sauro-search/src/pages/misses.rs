//! `/tim-kiem/khong-thay`: words that found nothing, for those who write.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_ui::{AppState, Caller, Chrome, Failure, filters, page, percent};
use serde::Deserialize;

use crate::actions;
use crate::model::Miss;

#[derive(Template)]
#[template(path = "search/misses.html")]
struct MissesPage {
    chrome: Chrome,
    misses: Vec<Miss>,
    may_settle: bool,
    /// The first page, on any other.
    start: &'static str,
    next: String,
}

/// Where the page begins: after the line with so many, and these folded words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    #[serde(rename = "sau")]
    after: String,
}

/// `GET /tim-kiem/khong-thay`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(state): State<AppState>,
    Query(wanted): Query<After>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let after = wanted.after.split_once('.').and_then(|(n, fold)| Some((n.parse().ok()?, fold)));
    let (misses, has_more) = actions::misses(&ctx, &state.db, after).await?;
    let last = misses.last().filter(|_| has_more);
    let next = last.map(|it| format!("/tim-kiem/khong-thay?sau={}.{}", it.n, percent(&it.fold)));
    page(&MissesPage {
        may_settle: chrome.writes_papers(),
        start: if after.is_some() { "/tim-kiem/khong-thay" } else { "" },
        next: next.unwrap_or_default(),
        misses,
        chrome,
    })
}

/// What is taken off the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settled {
    #[serde(rename = "chu")]
    fold: String,
}

/// `POST /tim-kiem/khong-thay`.
pub(super) async fn settle(
    Caller(ctx): Caller,
    State(state): State<AppState>,
    Form(settled): Form<Settled>,
) -> Result<Response, Failure> {
    actions::settle_miss(&ctx, &state.db, &settled.fold).await?;
    Ok(Redirect::to("/tim-kiem/khong-thay").into_response())
}
