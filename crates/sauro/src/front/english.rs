//! The product in English: every page at `/en` and its own address.
//!
//! The page is drawn as it is for everybody else, and said in English when it leaves.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::Failure;
use tower::ServiceExt;

use super::again;
use crate::http::compression;

/// Items that may have been written in English, at an address of their own.
const WRITTEN: [&str; 4] = ["/tin/", "/trang/", "/van-ban/", "/lay-y-kien/"];

/// What `inside` answers, in English.
pub(super) fn english(inside: Router) -> Router {
    Router::new().fallback(answer).with_state(inside).layer(compression())
}

/// The address of `uri` without what says that it is English; none when it is not.
pub(super) fn bare(uri: &Uri) -> Option<Uri> {
    let words = uri.path_and_query()?.as_str();
    let bare = sauro_tongues::bare(words)?;
    let bare = if bare.starts_with('?') { format!("/{bare}") } else { bare.to_owned() };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(bare).ok()?);
    Uri::from_parts(parts).ok()
}

async fn answer(State(inside): State<Router>, mut request: Request) -> Response {
    let Some(uri) = bare(request.uri()) else { return Failure::NotFound.into_response() };
    let headers = request.headers_mut();
    // Words are put in place of others, so that the answer is needed as it is, and whole.
    for name in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
        headers.remove(name);
    }
    if request.method().is_safe() && WRITTEN.iter().any(|it| uri.path().starts_with(it)) {
        let asked = again(&request);
        let written = inside.clone().oneshot(asked).await.ok();
        if let Some(written) = written.filter(is_written) {
            return said(written).await;
        }
    }
    *request.uri_mut() = uri;
    // Pages ask for the address as it was sent, to say where they are.
    request.extensions_mut().remove::<OriginalUri>();
    match inside.oneshot(request).await {
        Ok(response) => said(response).await,
        Err(never) => match never {},
    }
}

/// True for the answer about an item that somebody wrote in English; a Vietnamese one is sent on to its own address.
fn is_written(response: &Response) -> bool {
    let to = response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok());
    let leads_away = to.is_some_and(|it| sauro_tongues::bare(it).is_none());
    response.status() != StatusCode::NOT_FOUND && !leads_away
}

/// `response` in English; what is no page passes as it is.
async fn said(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(to) = parts.headers.get(header::LOCATION).and_then(|it| it.to_str().ok())
        && to.starts_with('/')
        && !to.starts_with("//")
        && sauro_tongues::bare(to).is_none()
        && let Ok(to) = HeaderValue::try_from(sauro_tongues::prefixed(to))
    {
        parts.headers.insert(header::LOCATION, to);
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    if !kind.is_some_and(|it| it.starts_with("text/html")) {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Failure::internal(BrokenOff).into_response();
    };
    let page = sauro_tongues::page(sauro_tongues::english(), &String::from_utf8_lossy(&bytes));
    parts.headers.remove(header::CONTENT_LENGTH);
    // Another page than the Vietnamese one, and another one once words are said better.
    if let Some(mark) = parts.headers.remove(header::ETAG).as_ref().and_then(|it| it.to_str().ok())
    {
        let mark = mark.trim_start_matches("W/").trim_matches('"');
        let own = format!("W/\"{mark}-en-{:x}\"", sauro_tongues::english().mark());
        parts.headers.extend(HeaderValue::try_from(own).ok().map(|it| (header::ETAG, it)));
    }
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    Response::from_parts(parts, Body::from(page))
}

/// A page ended before it was whole.
#[derive(Debug, thiserror::Error)]
#[error("a page broke off before it could be said in English")]
struct BrokenOff;
