//! `/ket-qua/bang`: dashboards for everybody; no script. They hold what the public may see.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_directory::DirectoryHandle;
use sauro_ui::{AppState, Chrome, Failure, filters, page, words};

use super::Sources;
use super::cache::{Drawn, Key, PageCache, Readers};
use super::day::{Asked, DayView};
use super::found::Found;
use super::tile::{TileView, Versus};
use crate::actions;
use crate::model::{Body, BuiltIn};

#[derive(Template)]
#[template(path = "dashboards/public_board.html")]
struct PublicPage {
    chrome: Chrome,
    found: Found,
    tiles: Vec<TileView>,
    at: String,
    day: DayView,
}

#[derive(Template)]
#[template(path = "dashboards/public_list.html")]
struct PublicList {
    chrome: Chrome,
    made: Vec<Found>,
    nation: String,
}

/// Where a page may be kept, and how long: nothing is older than a second.
const KEEP: &str = "public, max-age=1";

/// `GET /ket-qua/bang`.
pub(super) async fn list(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let directory = directory.directory();
    let made = actions::public_dashboards(&state.db).await?;
    let made = made.into_iter().map(|it| Found::made(it, &directory)).collect();
    let keep = [(header::CACHE_CONTROL, kept(&chrome))];
    let nation = BuiltIn::Nation.name();
    Ok((keep, page(&PublicList { chrome, made, nation })?).into_response())
}

/// What a public dashboard is drawn from.
type Place = (Extension<Sources>, Extension<DirectoryHandle>, Extension<PageCache>);

/// `GET /ket-qua/bang/{id}`.
pub(super) async fn show(
    State(state): State<AppState>,
    (Extension(Sources(source)), Extension(directory), Extension(cache)): Place,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let stamp = source.stamp().await?;
    let agencies = directory.directory();
    let found = Found::find(None, &state.db, &*source, &agencies, stamp, &id).await?;
    let address = format!("/ket-qua/bang/{}", found.named);
    let day = DayView::read(&asked, address, &*source, stamp).await?;
    let status = day.status();
    let key = Key {
        dashboard: found.named.to_string(),
        version: found.version(),
        stamp,
        shown: day.shown,
        map_version: directory.maps().version(),
        is_wall: false,
        is_still: false,
        readers: Readers::all(&chrome),
    };
    let keep = kept(&chrome);
    let nonce = chrome.nonce_word();
    let draw = async {
        let maps = directory.maps().maps();
        let days = (stamp, day.shown);
        let tiles = TileView::all(None, &*source, days, &found.tiles, &maps).await?;
        let at = words::datetime(state.clock.now());
        Ok(PublicPage { chrome, found, tiles, at, day }.render()?)
    };
    if status != StatusCode::OK {
        let mut response = Drawn::new(draw.await?, nonce)?.answer(&headers, "no-store");
        *response.status_mut() = status;
        return Ok(response);
    }
    Ok(cache.page(key, nonce, draw).await?.answer(&headers, keep))
}

/// The frame says who is signed in.
fn kept(chrome: &Chrome) -> &'static str {
    if chrome.is_signed_in() { "private, no-cache" } else { KEEP }
}
