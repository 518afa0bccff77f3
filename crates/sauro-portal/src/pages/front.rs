//! `/tin`: the front of the portal.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use sauro_ui::{Chrome, Failure, filters, page, words};

use super::House;
use super::kept::{HTML, kept};
use super::view::{Counted, Line, Paper, counted, days_left};
use crate::actions::{self, Strip};
use crate::model::{Consultation, Item};

#[derive(Template)]
#[template(path = "portal/front.html")]
struct FrontPage {
    chrome: Chrome,
    notices: Vec<Line>,
    lead: Option<Line>,
    news: Vec<Line>,
    papers: Vec<Paper>,
    consultations: Vec<Asked>,
    strip: Option<Strip>,
    today: String,
}

/// A consultation that is open.
struct Asked {
    line: Line,
    left: String,
    total: i64,
    counted: Vec<Counted>,
}

/// `GET /tin`.
pub(super) async fn show(
    house: House,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let today = house.ctx.today();
    let front = actions::front(&house.state.db, today).await?;
    let strip = match &house.results {
        Some(room) => Some(room.0.strip().await),
        None => None,
    };
    let asked = |(item, it): &(Item, Consultation)| Asked {
        line: Line::of(item),
        left: days_left(it, today),
        total: it.total(),
        counted: counted(it),
    };
    let mut news = front
        .news
        .iter()
        .enumerate()
        .map(|(n, (item, picture))| Line::with_picture(item, picture.as_ref(), n == 0));
    let is_private = chrome.is_signed_in();
    let html = page(&FrontPage {
        notices: front.notices.iter().map(Line::of).collect(),
        lead: news.next(),
        news: news.collect(),
        papers: front.documents.iter().map(|it| Paper::of(it, today)).collect(),
        consultations: front.consultations.iter().map(asked).collect(),
        strip,
        today: words::date(today),
        chrome,
    })?;
    Ok(kept(&headers, (HTML, is_private), html.0))
}
