//! Lists for everybody: news, consultations, topics.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use sauro_ui::{Chrome, Failure, page};
use serde::Deserialize;

use super::House;
use super::kept::{HTML, kept};
use super::view::{Line, after, next_page};
use crate::actions::{self, Listed};
use crate::model::Shelf;

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
    /// Where one asks to be told of it.
    follow: String,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "sau")]
    after: String,
}

/// `GET /tin/tat-ca`.
pub(super) async fn news(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let found = actions::listed_items(&house.state.db, Shelf::News, after(&asked.after)).await?;
    let feeds = ("/tin.atom".to_owned(), "muc=tin");
    let head = ("Tin tức".to_owned(), "Mới đăng xếp trước.", feeds);
    shown(&headers, chrome, head, ("/tin/tat-ca", found))
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
    shown(&headers, chrome, head, ("/lay-y-kien", found))
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
    let head = (topic.name, "Tin bài, văn bản và đợt lấy ý kiến cùng chủ đề.", feeds);
    shown(&headers, chrome, head, (&format!("/chu-de/{slug}"), found))
}

fn shown(
    headers: &HeaderMap,
    chrome: Chrome,
    (title, words, (feed, follow)): (String, &'static str, (String, &str)),
    (path, (found, next)): (&str, Listed),
) -> Result<Response, Failure> {
    let is_private = chrome.is_signed_in();
    let lines = found.iter().map(Line::of).collect();
    let (next, follow) = (next_page(path, next), format!("/theo-doi-tin?{follow}"));
    let html = page(&ListPage { chrome, title, words, lines, next, feed, follow })?;
    Ok(kept(headers, (HTML, is_private), html.0))
}
