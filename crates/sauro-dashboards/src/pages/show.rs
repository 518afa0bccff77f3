//! `/bang/{id}`: a dashboard, its wall-screen view, and the same as a workbook, as PDF and tile by tile
//! as pictures.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use sauro_directory::{DirectoryHandle, Printer};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, words};
use serde::Deserialize;

use super::Sources;
use super::cache::{Key, PageCache, Readers};
use super::found::Found;
use super::print;
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

/// What every way of looking at a dashboard needs.
pub(super) type Place =
    (State<Db>, Extension<Sources>, Extension<DirectoryHandle>, Extension<PageCache>);

/// `GET /bang/{id}/o/{n}`: the `n`-th tile as a picture, for who may see the dashboard.
pub(super) async fn tile(
    Caller(ctx): Caller,
    (State(db), Extension(Sources(source)), Extension(directory), _): Place,
    Path((id, n)): Path<(String, String)>,
    printer: Printer,
) -> Result<Response, Failure> {
    let n = n.strip_suffix(".png").and_then(|it| it.parse().ok()).ok_or(Failure::NotFound)?;
    let stamp = source.stamp().await?;
    let agencies = directory.directory();
    let found = Found::find(Some(&ctx), &db, &*source, &agencies, stamp, &id).await?;
    let maps = directory.maps().maps();
    let tiles = TileView::all(Some(&ctx), &*source, stamp, &found.tiles, &maps).await?;
    print::png(printer, &found.name, n, &tiles).await
}

/// `GET /bang/{id}`, `GET /bang/{id}.xlsx` and `GET /bang/{id}.pdf`.
pub(super) async fn show(
    Caller(ctx): Caller,
    (State(db), Extension(Sources(source)), Extension(directory), Extension(cache)): Place,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    printer: Printer,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let stamp = source.stamp().await?;
    let (name, ending) = match id.rsplit_once('.') {
        Some((name, ending @ ("xlsx" | "pdf"))) => (name, ending),
        _ => (id.as_str(), ""),
    };
    let viewer = Some(&ctx);
    let agencies = directory.directory();
    let found = Found::find(viewer, &db, &*source, &agencies, stamp, name).await?;
    let maps = directory.maps().maps();
    let at = words::datetime(ctx.now_us());
    if !ending.is_empty() {
        let tiles = TileView::all(viewer, &*source, stamp, &found.tiles, &maps).await?;
        if ending == "xlsx" {
            return workbook::answer(&found.name, &tiles).await;
        }
        let note = format!("{}. Số liệu lúc {at}.", found.maker);
        return print::pdf(printer, &found.name, note, &tiles).await;
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
    let draw = async {
        let mut tiles = TileView::all(viewer, &*source, stamp, &found.tiles, &maps).await?;
        if is_wall {
            let chrome = chrome.clone();
            return Ok(WallPage { chrome, found, tiles, at, is_still }.render()?);
        }
        for tile in &mut tiles {
            tile.image = format!("/bang/{}/o/{}.png", found.named, tile.n);
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
