//! `/ho-so-sang-kien`: what waits for one's desk, and what was sent to it.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, page};
use serde::Deserialize;

use super::House;
use super::view::Row;
use crate::actions;

#[derive(Template)]
#[template(path = "initiatives/queue.html")]
struct DeskPage {
    chrome: Chrome,
    waiting: Vec<Row>,
    received: Vec<Row>,
    next: String,
}

/// Where the list of what was sent begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "sau")]
    before: String,
}

/// `GET /ho-so-sang-kien`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let queue = actions::queue(&ctx, &house.state.db, asked.before.parse().ok()).await?;
    let today = house.today();
    let row = |it: &crate::model::Initiative| {
        let at = format!("/ho-so-sang-kien/{}", it.id);
        Row::of(it, &house.directory, (at, today, house.terms))
    };
    let last = queue.received.last().map(|it| it.id.to_string()).unwrap_or_default();
    page(&DeskPage {
        chrome,
        waiting: queue.waiting.iter().map(row).collect(),
        received: queue.received.iter().map(row).collect(),
        next: if queue.has_more { format!("/ho-so-sang-kien?sau={last}") } else { String::new() },
    })
}
