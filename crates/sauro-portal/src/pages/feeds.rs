//! `/tin.atom`, `/tin.feed.json`: the newest for readers of feeds, of all news or of one topic.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use sauro_ui::{Chrome, Depends, Failure};
use serde::Deserialize;
use serde_json::json;

use super::House;
use super::kept::{of_now, shared};
use super::view::{instant, plain};
use crate::actions;
use crate::model::{Item, Shelf, Topic, marks};

/// Which feed is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "chu-de")]
    topic: String,
}

struct Entry {
    href: String,
    title: String,
    by: String,
    kind: &'static str,
    published_at: String,
    changed_at: String,
    words: String,
    /// The same in other languages: code and address.
    others: Vec<(&'static str, String)>,
}

/// RFC 4287.
#[derive(Template)]
#[template(path = "portal/feed.xml")]
struct Feed {
    title: String,
    home: String,
    own: String,
    updated_at: String,
    entries: Vec<Entry>,
}

/// `GET /tin.atom`.
pub(super) async fn atom(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (topic, items) = newest(&house, &asked).await?;
    let others = actions::in_other_tongues(&house.state.db, &items).await?;
    let last = items.iter().map(|it| it.changed_at).max();
    let home = home(&chrome, topic.as_ref());
    let feed = Feed {
        title: title(&chrome, topic.as_ref()),
        own: format!("{}/tin.atom{}", chrome.public_url(), suffix(topic.as_ref())),
        home,
        // A feed needs an instant before its first entry too; one that never moves keeps its mark.
        updated_at: instant(last.unwrap_or_default()),
        entries: items.iter().map(|it| entry(&house, &chrome, (it, &others))).collect(),
    };
    let body = feed.render().map_err(Failure::internal)?;
    let kind = "application/atom+xml; charset=utf-8";
    Ok(shared(&headers, (kind, depends(&house, topic.as_ref())), body))
}

/// `GET /tin.feed.json`: JSON Feed 1.1.
pub(super) async fn json(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (topic, items) = newest(&house, &asked).await?;
    let item = |it: &Item| {
        let it = entry(&house, &chrome, (it, &[]));
        json!({
            "id": it.href, "url": it.href, "title": it.title, "content_text": it.words,
            "date_published": it.published_at, "date_modified": it.changed_at, "language": "vi",
            "authors": [{ "name": it.by }], "tags": [it.kind],
        })
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(&chrome, topic.as_ref()),
        "home_page_url": home(&chrome, topic.as_ref()),
        "feed_url": format!("{}/tin.feed.json{}", chrome.public_url(), suffix(topic.as_ref())),
        "language": "vi",
        "items": items.iter().map(item).collect::<Vec<_>>(),
    });
    let kind = "application/feed+json; charset=utf-8";
    Ok(shared(&headers, (kind, depends(&house, topic.as_ref())), feed.to_string()))
}

async fn newest(house: &House, asked: &Asked) -> Result<(Option<Topic>, Vec<Item>), Failure> {
    let db = &house.state.db;
    let topic = match asked.topic.as_str() {
        "" => None,
        slug => Some(actions::topic_of(db, slug).await?),
    };
    let items = actions::newest(db, Shelf::News, topic.as_ref()).await?;
    Ok((topic, items))
}

fn depends(house: &House, topic: Option<&Topic>) -> Depends {
    let news = of_now(&house.ctx);
    match topic {
        Some(it) => news.on(marks::of_topic(it.id)),
        None => news.on(marks::of_shelf(Shelf::News)),
    }
}

fn title(chrome: &Chrome, topic: Option<&Topic>) -> String {
    match topic {
        Some(it) => format!("{} – {}", it.name, chrome.site_name()),
        None => format!("Tin tức – {}", chrome.site_name()),
    }
}

fn home(chrome: &Chrome, topic: Option<&Topic>) -> String {
    match topic {
        Some(it) => format!("{}/chu-de/{}", chrome.public_url(), it.slug),
        None => format!("{}/tin", chrome.public_url()),
    }
}

fn suffix(topic: Option<&Topic>) -> String {
    topic.map(|it| format!("?chu-de={}", it.slug)).unwrap_or_default()
}

fn entry(house: &House, chrome: &Chrome, (it, others): (&Item, &[Item])) -> Entry {
    let others = others.iter().filter(|other| other.original == Some(it.id));
    Entry {
        href: format!("{}{}", chrome.public_url(), it.path()),
        title: plain(&it.live_title),
        by: plain(house.directory.name(it.agency)),
        kind: it.kind.label(),
        published_at: instant(it.published_at.unwrap_or_default()),
        changed_at: instant(it.changed_at),
        words: plain(&it.live_summary),
        others: others
            .map(|it| (it.tongue.code(), format!("{}{}", chrome.public_url(), it.path())))
            .collect(),
    }
}
