use askama::Template;

use crate::actions::Line;
use crate::model::{CONFIRM_HOURS, Entry};

/// What a letter says.
pub(super) enum Told {
    /// Asks whether the address is theirs.
    Confirm { link: String },
    /// Says that the address is on already.
    Known { own: String },
    /// Tells what was published.
    News { lines: Vec<(Entry, Line)>, own: String },
}

/// The installation `site` at `url`.
pub(super) struct Sender<'a> {
    pub(super) site: &'a str,
    pub(super) url: &'a str,
}

#[derive(Template)]
#[template(path = "subscriptions/asked.txt")]
struct AskedPlain<'a> {
    from: &'a Sender<'a>,
    link: &'a str,
    hours: i64,
}

#[derive(Template)]
#[template(path = "subscriptions/asked.html")]
struct AskedHtml<'a> {
    from: &'a Sender<'a>,
    link: &'a str,
    hours: i64,
}

#[derive(Template)]
#[template(path = "subscriptions/known.txt")]
struct KnownPlain<'a> {
    from: &'a Sender<'a>,
    own: &'a str,
}

#[derive(Template)]
#[template(path = "subscriptions/known.html")]
struct KnownHtml<'a> {
    from: &'a Sender<'a>,
    own: &'a str,
}

#[derive(Template)]
#[template(path = "subscriptions/news.txt")]
struct NewsPlain<'a> {
    from: &'a Sender<'a>,
    lines: &'a [(Entry, Line)],
    own: &'a str,
}

#[derive(Template)]
#[template(path = "subscriptions/news.html")]
struct NewsHtml<'a> {
    from: &'a Sender<'a>,
    lines: &'a [(Entry, Line)],
    own: &'a str,
}

/// Subject, plain words and marked-up words of a letter. A letter that asks holds nothing that whoever asked typed, so
/// that it carries nobody's words to a stranger.
pub(super) fn written(
    from: &Sender<'_>,
    told: &Told,
) -> Result<(String, String, String), askama::Error> {
    let site = from.site;
    match told {
        Told::Confirm { link } => {
            let hours = CONFIRM_HOURS;
            let plain = AskedPlain { from, link, hours }.render()?;
            let html = AskedHtml { from, link, hours }.render()?;
            Ok((format!("{site}: xác nhận nhận tin"), plain, html))
        }
        Told::Known { own } => {
            let plain = KnownPlain { from, own }.render()?;
            let html = KnownHtml { from, own }.render()?;
            Ok((format!("{site}: địa chỉ này đang nhận tin"), plain, html))
        }
        Told::News { lines, own } => {
            let subject = match lines.as_slice() {
                [(entry, line)] => format!("{}{}", entry.occasion.mark(), line.title),
                several => format!("{site}: {} tin mới", several.len()),
            };
            let plain = NewsPlain { from, lines, own }.render()?;
            let html = NewsHtml { from, lines, own }.render()?;
            Ok((subject, plain, html))
        }
    }
}
