//! Lists for everybody: news, consultations, topics.

use askama::Template;
use axum::extract::{Path, Query, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Depends, Failure, page};
use serde::Deserialize;

use super::House;
use super::kept::{of_now, shown};
use super::view::{Line, after, next_page};
use crate::actions::{self, Listed};
use crate::model::{Shelf, marks};

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    chrome: Chrome,
    title: String,
    words: &'static str,
    lines: Vec<Line>,
    next: String,
    /// The address of its Atom feed, or empty.
    feed: String,
    /// Where one subscribes to it.
    follow: String,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "sau")]
    after: String,
}

/// `GET /tin`.
pub(super) async fn news(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let found = actions::listed_items(&house.state.db, Shelf::News, after(&asked.after)).await?;
    let feeds = ("/tin.atom".to_owned(), "muc=tin");
    let head = ("Tin tức".to_owned(), "Mới đăng xếp trước.", feeds);
    let depends = of_now(&house.ctx).on(marks::of_shelf(Shelf::News));
    drawn((&headers, depends), chrome, head, ("/tin", found))
}

/// `GET /tin/tat-ca`, where the list of news stood before.
pub(super) async fn moved(RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let to = query.map_or_else(|| "/tin".to_owned(), |query| format!("/tin?{query}"));
    let to = HeaderValue::try_from(to).map_err(Failure::internal)?;
    Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response())
}

/// `GET /lay-y-kien`.
pub(super) async fn consultations(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let place = after(&asked.after);
    let found = actions::listed_items(&house.state.db, Shelf::Consultations, place).await?;
    let words = "Dự thảo cơ quan đang hoặc đã lấy ý kiến, mới đăng xếp trước. Số ý kiến hiện ngay khi có người gửi.";
    let head = ("Lấy ý kiến".to_owned(), words, (String::new(), "muc=lay-y-kien"));
    let depends = of_now(&house.ctx).on(marks::of_shelf(Shelf::Consultations));
    drawn((&headers, depends), chrome, head, ("/lay-y-kien", found))
}

/// `GET /chu-de/{slug}`.
pub(super) async fn topic(
    house: House,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let topic = actions::topic_of(&house.state.db, &slug).await?;
    let found = actions::of_topic(&house.state.db, &topic, after(&asked.after)).await?;
    let asked = format!("chu-de={slug}");
    let feeds = (format!("/tin.atom?{asked}"), asked.as_str());
    let depends = of_now(&house.ctx).on(marks::of_topic(topic.id));
    let head = (topic.name, "Tin bài, văn bản và đợt lấy ý kiến cùng chủ đề.", feeds);
    drawn((&headers, depends), chrome, head, (&format!("/chu-de/{slug}"), found))
}

fn drawn(
    (headers, depends): (&HeaderMap, Depends),
    chrome: Chrome,
    (title, words, (feed, follow)): (String, &'static str, (String, &str)),
    (path, (found, next)): (&str, Listed),
) -> Result<Response, Failure> {
    let lines = found.iter().map(Line::of).collect();
    let (next, follow) = (next_page(path, next), format!("/theo-doi-tin?{follow}"));
    let list = ListPage { chrome, title, words, lines, next, feed, follow };
    let html = page(&list)?;
    Ok(shown(headers, (&list.chrome, depends), html.0))
}
