//! `/bang/{id}`: a dashboard, its wall-screen view, and the same as a workbook.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use sauro_directory::DirectoryHandle;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, words};
use serde::Deserialize;

use super::Sources;
use super::cache::{Key, PageCache, Readers};
use super::found::Found;
use super::tile::TileView;
use super::workbook;
use crate::actions;
use crate::model::Body;

/// How the dashboard is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// On a screen at the wall.
    #[serde(rename = "tuong")]
    wall: String,
    /// Without getting a fresh one by itself.
    #[serde(rename = "dung")]
    still: String,
}

/// How often a wall screen asks for a fresh page, in seconds.
const AGAIN: HeaderValue = HeaderValue::from_static("30");

#[derive(Template)]
#[template(path = "dashboards/show.html")]
struct ShowPage {
    chrome: Chrome,
    found: Found,
    tiles: Vec<TileView>,
    at: String,
    openness: &'static str,
    may_change: bool,
    may_make: bool,
}

#[derive(Template)]
#[template(path = "dashboards/wall.html")]
struct WallPage {
    chrome: Chrome,
    found: Found,
    tiles: Vec<TileView>,
    at: String,
    is_still: bool,
}

/// `GET /bang/{id}`, and `GET /bang/{id}.xlsx`.
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(Sources(source)): Extension<Sources>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(cache): Extension<PageCache>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let stamp = source.stamp().await?;
    let (name, is_workbook) = match id.strip_suffix(".xlsx") {
        Some(name) => (name, true),
        None => (id.as_str(), false),
    };
    let viewer = Some(&ctx);
    let agencies = directory.directory();
    let found = Found::find(viewer, &db, &*source, &agencies, stamp, name).await?;
    let maps = directory.maps().maps();
    if is_workbook {
        let tiles = TileView::all(viewer, &*source, stamp, &found.tiles, &maps).await?;
        return workbook::answer(&found.name, &tiles).await;
    }
    let (is_wall, is_still) = (!asked.wall.is_empty(), !asked.still.is_empty());
    let key = Key {
        dashboard: found.named.to_string(),
        version: found.version(),
        stamp,
        map_version: directory.maps().version(),
        is_wall,
        is_still,
        readers: Readers::seat(&chrome),
    };
    let at = words::datetime(ctx.now_us());
    let draw = async {
        let tiles = TileView::all(viewer, &*source, stamp, &found.tiles, &maps).await?;
        if is_wall {
            let chrome = chrome.clone();
            return Ok(WallPage { chrome, found, tiles, at, is_still }.render()?);
        }
        let made = found.made.as_ref();
        let page = ShowPage {
            openness: made.map_or("", |it| it.openness.label()),
            may_change: made.is_some_and(|it| actions::may_change(&ctx, it)),
            may_make: actions::may_make(&ctx),
            chrome: chrome.clone(),
            found,
            tiles,
            at,
        };
        Ok(page.render()?)
    };
    let page = cache.page(key, chrome.nonce_word(), draw).await?;
    let mut response = page.answer(&headers, "no-store");
    if is_wall && !is_still {
        response.headers_mut().insert(HeaderName::from_static("refresh"), AGAIN);
    }
    Ok(response)
}
