//! Answers that a browser or a cache on the way may keep and ask about again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Days;
use sauro_kernel::{Ctx, at_hour, cut_off};
use sauro_ui::{Chrome, Depends};
use sha2::{Digest, Sha256};

use crate::model::marks;

/// `body` with a mark of its content; 304 to whoever has the same already. What is drawn for somebody signed in is
/// theirs alone.
pub(super) fn kept(
    asked: &HeaderMap,
    (kind, is_private): (&'static str, bool),
    body: String,
) -> Response {
    let digest = Sha256::digest(body.as_bytes());
    // Weak: compressed or not, it says the same.
    let mark = format!(r#"W/"{}""#, hex::encode(digest.get(..12).unwrap_or_default()));
    let keep = if is_private { "private, no-cache" } else { "public, max-age=0, must-revalidate" };
    let has_it = asked.get_all(header::IF_NONE_MATCH).iter().any(|it| {
        it.to_str().is_ok_and(|it| it.split(',').any(|one| one.trim() == mark || one.trim() == "*"))
    });
    let mut response = match has_it {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, kind)], body).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(mark) = HeaderValue::try_from(mark) {
        headers.insert(header::ETAG, mark);
    }
    response
}

/// The same for a page that everybody is shown alike until something of `depends` changes.
pub(super) fn shared(
    asked: &HeaderMap,
    (kind, depends): (&'static str, Depends),
    body: String,
) -> Response {
    let mut response = kept(asked, (kind, false), body);
    response.extensions_mut().insert(depends);
    response
}

/// A page: shared, but for what is drawn for somebody signed in.
pub(super) fn shown(
    asked: &HeaderMap,
    (chrome, depends): (&Chrome, Depends),
    html: String,
) -> Response {
    match chrome.is_signed_in() {
        true => kept(asked, (HTML, true), html),
        false => shared(asked, (HTML, depends), html),
    }
}

/// What every public page depends on: the portal, and the time of day. What holds today may not hold tomorrow, and
/// what is in time before the cut-off is late after it.
pub(super) fn of_now(ctx: &Ctx) -> Depends {
    let today = ctx.today();
    let next = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let depends = Depends::new().on(marks::PORTAL).until(at_hour(next, 0).timestamp_micros());
    let late_at = cut_off(today).timestamp_micros();
    if ctx.now_us() < late_at { depends.until(late_at) } else { depends }
}

/// The media type of pages.
const HTML: &str = "text/html; charset=utf-8";
