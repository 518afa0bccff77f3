//! `/`: the front of the portal, and of the whole product for whoever is not signed in.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use sauro_ui::{Chrome, Depends, Failure, filters, page, words};

use super::House;
use super::kept::{of_now, shown};
use super::view::{Counted, Line, Paper, counted, days_left};
use crate::actions::{self, Front, Strip};
use crate::model::{Consultation, Item, Shelf, marks};

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    chrome: Chrome,
    notices: Vec<Line>,
    lead: Option<Line>,
    news: Vec<Line>,
    papers: Vec<Paper>,
    consultations: Vec<Asked>,
    strip: Option<Strip>,
    today: String,
}

impl HomePage {
    /// Whether anything is published beside what stands at the head.
    fn has_news(&self) -> bool {
        !(self.news.is_empty() && self.papers.is_empty() && self.consultations.is_empty())
    }
}

/// A consultation that is open.
struct Asked {
    line: Line,
    left: String,
    total: i64,
    counted: Vec<Counted>,
}

/// `GET /`. Leaders go to what they decide, officials to their day.
pub(super) async fn show(
    house: House,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    match (chrome.leads(), chrome.is_signed_in()) {
        (true, _) => return Ok(Redirect::to("/lanh-dao").into_response()),
        (false, true) => return Ok(Redirect::to("/viec").into_response()),
        _ => {}
    }
    let today = house.ctx.today();
    let front = actions::front(&house.state.db, today).await?;
    let strip = match &house.results {
        Some(room) => Some(room.0.strip().await),
        None => None,
    };
    let depends = depends(&house, &front);
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
    let page_of_all = HomePage {
        notices: front.notices.iter().map(Line::of).collect(),
        lead: news.next(),
        news: news.collect(),
        papers: front.documents.iter().map(|it| Paper::of(it, today)).collect(),
        consultations: front.consultations.iter().map(asked).collect(),
        strip,
        today: words::date(today),
        chrome,
    };
    let html = page(&page_of_all)?;
    Ok(shown(&headers, (&page_of_all.chrome, depends), html.0))
}

fn depends(house: &House, front: &Front) -> Depends {
    let shelves = [Shelf::Notices, Shelf::News, Shelf::Documents, Shelf::Consultations];
    let depends =
        shelves.into_iter().fold(of_now(&house.ctx), |depends, it| depends.on(marks::of_shelf(it)));
    // Opinions come in while the list of consultations stays as it is.
    let depends = front
        .consultations
        .iter()
        .fold(depends, |depends, (item, _)| depends.on(marks::of_item(item.id)));
    depends.on_results()
}
