//! `/ket-qua/bang`: dashboards for everybody; no script. They hold what the public may see.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use sauro_directory::DirectoryHandle;
use sauro_ui::{AppState, Chrome, Failure, filters, page, words};

use super::Sources;
use super::cache::{Key, PageCache, Readers};
use super::found::Found;
use super::tile::TileView;
use crate::actions;
use crate::model::{Body, BuiltIn};

#[derive(Template)]
#[template(path = "dashboards/public_board.html")]
struct PublicPage {
    chrome: Chrome,
    found: Found,
    tiles: Vec<TileView>,
    at: String,
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

/// `GET /ket-qua/bang/{id}`.
pub(super) async fn show(
    State(state): State<AppState>,
    Extension(Sources(source)): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(cache): Extension<PageCache>,
    Path(id): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let stamp = source.stamp().await?;
    let agencies = directory.directory();
    let found = Found::find(None, &state.db, &*source, &agencies, stamp, &id).await?;
    let key = Key {
        dashboard: found.named.to_string(),
        version: found.version(),
        stamp,
        map_version: directory.maps().version(),
        is_wall: false,
        is_still: false,
        readers: Readers::all(&chrome),
    };
    let keep = kept(&chrome);
    let nonce = chrome.nonce_word();
    let draw = async {
        let maps = directory.maps().maps();
        let tiles = TileView::all(None, &*source, stamp, &found.tiles, &maps).await?;
        let at = words::datetime(state.clock.now());
        Ok(PublicPage { chrome, found, tiles, at }.render()?)
    };
    Ok(cache.page(key, nonce, draw).await?.answer(&headers, keep))
}

/// The frame says who is signed in.
fn kept(chrome: &Chrome) -> &'static str {
    if chrome.is_signed_in() { "private, no-cache" } else { KEEP }
}
