//! `/bien-tap/ban-dich`: what is public in one language only, and what was translated before its original changed.

use askama::Template;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, page, words};

use super::House;
use crate::actions;
use crate::model::Item;

#[derive(Template)]
#[template(path = "portal/tongues.html")]
struct TonguesPage {
    chrome: Chrome,
    without: Vec<Line>,
    outdated: Vec<Line>,
}

struct Line {
    href: String,
    title: String,
    kind: &'static str,
    tongue: &'static str,
    changed: String,
}

/// `GET /bien-tap/ban-dich`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (without, outdated) = actions::to_translate(&ctx, &house.state.db).await?;
    let line = |it: &Item| Line {
        href: format!("/bien-tap/{}", it.id),
        title: it.live_title.clone(),
        kind: it.kind.label(),
        tongue: it.tongue.label(),
        changed: words::datetime(it.changed_at),
    };
    page(&TonguesPage {
        chrome,
        without: without.iter().map(line).collect(),
        outdated: outdated.iter().map(line).collect(),
    })
}
