//! `/phan-anh.atom`, `/phan-anh.feed.json`: the newest answers for readers of feeds, of all fields or of one.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure};
use serde::Deserialize;
use serde_json::json;

use crate::actions::{self, Asked, Line};
use crate::pages::premises::Premises;

/// Characters of an answer in a feed; the rest stands on the page.
const MOST_CHARS: usize = 600;

/// Which feed is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "linh-vuc")]
    field: String,
}

struct Entry {
    href: String,
    title: String,
    by: String,
    field: String,
    sent_at: String,
    answered_at: String,
    words: String,
}

/// RFC 4287.
#[derive(Template)]
#[template(path = "petitions/public/feed.xml")]
struct Feed {
    title: String,
    home: String,
    own: String,
    updated_at: String,
    entries: Vec<Entry>,
}

/// `GET /phan-anh.atom`.
pub(super) async fn atom(
    premises: Premises,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (title, field, entries) = newest(&premises, &wanted, &chrome).await?;
    let home = format!("{}/phan-anh", chrome.public_url());
    let feed = Feed {
        title,
        own: format!("{home}.atom{}", asked_as(&field)),
        home,
        // A feed needs an instant even before the first answer.
        updated_at: entries
            .first()
            .map_or_else(|| instant(premises.now()), |it| it.answered_at.clone()),
        entries,
    };
    let body = feed.render().map_err(Failure::internal)?;
    let heads = [
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((heads, body).into_response())
}

/// `GET /phan-anh.feed.json`: JSON Feed 1.1.
pub(super) async fn json(
    premises: Premises,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let (title, field, entries) = newest(&premises, &wanted, &chrome).await?;
    let home = format!("{}/phan-anh", chrome.public_url());
    let item = |it: &Entry| {
        json!({
            "id": it.href, "url": it.href, "title": it.title, "content_text": it.words,
            "date_published": it.sent_at, "date_modified": it.answered_at, "language": "vi",
            "authors": [{ "name": it.by }], "tags": [it.field],
        })
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": home,
        "feed_url": format!("{home}.feed.json{}", asked_as(&field)), "language": "vi",
        "items": entries.iter().map(item).collect::<Vec<_>>(),
    });
    let heads = [
        (header::CONTENT_TYPE, "application/feed+json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((heads, feed.to_string()).into_response())
}

/// The title of the feed, the code of its field or nothing, and what is in it.
async fn newest(
    premises: &Premises,
    wanted: &Wanted,
    chrome: &Chrome,
) -> Result<(String, String, Vec<Entry>), Failure> {
    let house = premises.house();
    let fields = actions::all_fields(&house).await?;
    let field = fields.iter().find(|it| it.code == wanted.field);
    let asked =
        Asked { field: field.map(|it| it.code.clone()).unwrap_or_default(), ..Asked::default() };
    let (lines, _) = actions::public_list(&house, &asked).await?;
    let name = |code: &str| {
        fields.iter().find(|it| it.code == code).map(|it| it.name.clone()).unwrap_or_default()
    };
    let entry = |it: &Line| Entry {
        href: format!("{}/phan-anh/{}", chrome.public_url(), it.case.number),
        title: plain(&it.case.public_title),
        by: it.answer.as_ref().map_or("", |it| premises.directory.name(it.agency)).to_owned(),
        field: name(&it.case.field),
        sent_at: instant(it.case.sent_at),
        answered_at: instant(it.case.answered_at.unwrap_or_default()),
        words: plain(it.answer.as_ref().map_or("", |it| it.public_words.as_str())),
    };
    let title = match field {
        Some(it) => format!("Phản ánh đã trả lời: {} – {}", it.name, chrome.site_name()),
        None => format!("Phản ánh đã trả lời – {}", chrome.site_name()),
    };
    Ok((title, asked.field, lines.iter().map(entry).collect()))
}

fn asked_as(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!("?linh-vuc={field}") }
}

/// RFC 3339, on Vietnam's clock.
fn instant(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&sauro_kernel::VIETNAM).to_rfc3339()
}

/// The beginning of `text`, without what XML cannot say at all.
fn plain(text: &str) -> String {
    let may = |c: &char| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let mut plain: String = text.chars().filter(may).take(MOST_CHARS).collect();
    if text.chars().count() > MOST_CHARS {
        plain.push('…');
    }
    plain
}
