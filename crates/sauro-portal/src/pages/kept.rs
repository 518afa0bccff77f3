//! Answers that a browser or a cache on the way may keep and ask about again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

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

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";
