//! `/bang/{id}`: a dashboard, its wall-screen view, and the same as a workbook, as PDF and tile by tile
//! as pictures.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use sauro_directory::model::Maps;
use sauro_directory::{DirectoryHandle, Printer};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, words};
use serde::Deserialize;

use super::Sources;
use super::cache::{Drawn, Key, PageCache, Readers};
use super::day::{self, DayView, Shown};
use super::found::Found;
use super::print;
use super::tile::{TileView, Versus};
use super::workbook;
use crate::model::Body;
use crate::{Stamp, TileSource, actions};

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
    #[serde(flatten)]
    days: day::Asked,
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
    day: DayView,
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
    day: DayView,
}

/// What every way of looking at a dashboard needs.
pub(super) type Place =
    (State<Db>, Extension<Sources>, Extension<DirectoryHandle>, Extension<PageCache>);

/// `GET /bang/{id}/o/{n}`: the `n`-th tile as a picture, for who may see the dashboard.
pub(super) async fn tile(
    Caller(ctx): Caller,
    (State(db), Extension(Sources(source)), Extension(directory), _): Place,
    Path((id, n)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    printer: Printer,
) -> Result<Response, Failure> {
    let n = n.strip_suffix(".png").and_then(|it| it.parse().ok()).ok_or(Failure::NotFound)?;
    let stamp = source.stamp().await?;
    let agencies = directory.directory();
    let found = Found::find(Some(&ctx), &db, &*source, &agencies, stamp, &id).await?;
    let address = format!("/bang/{}", found.named);
    let day = DayView::read(&asked.days, address, &*source, stamp).await?;
    if !day.faults.is_empty() {
        return Ok(day.to_page());
    }
    let maps = directory.maps().maps();
    let days = (stamp, day.shown);
    let tiles = TileView::all(Some(&ctx), &*source, days, &found.tiles, &maps).await?;
    print::png(printer, (&found.name, day.shown), n, &tiles).await
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
    let agencies = directory.directory();
    let found = Found::find(Some(&ctx), &db, &*source, &agencies, stamp, name).await?;
    let address = format!("/bang/{}", found.named);
    let day = DayView::read(&asked.days, address, &*source, stamp).await?;
    let maps = directory.maps().maps();
    let at = words::datetime(ctx.now_us());
    if !ending.is_empty() {
        let room = Room { ctx: &ctx, source: &*source, stamp, maps: &maps };
        return room.file(found, day, (ending, &at), printer).await;
    }
    let is_wall = !asked.wall.is_empty() && !day.is_past() && day.faults.is_empty();
    let is_still = !asked.still.is_empty();
    let status = day.status();
    let key = Key {
        dashboard: found.named.to_string(),
        version: found.version(),
        stamp,
        shown: day.shown,
        map_version: directory.maps().version(),
        is_wall,
        is_still,
        readers: Readers::seat(&chrome),
    };
    let nonce = chrome.nonce_word();
    let draw = async {
        let room = Room { ctx: &ctx, source: &*source, stamp, maps: &maps };
        let tiles = room.tiles(&found, day.shown).await?;
        if is_wall {
            return Ok(WallPage { chrome, found, tiles, at, is_still, day }.render()?);
        }
        room.page(chrome, found, (tiles, day), at)
    };
    if status != StatusCode::OK {
        let mut response = Drawn::new(draw.await?, nonce)?.answer(&headers, "no-store");
        *response.status_mut() = status;
        return Ok(response);
    }
    let mut response = cache.page(key, nonce, draw).await?.answer(&headers, "no-store");
    if is_wall && !is_still {
        response.headers_mut().insert(HeaderName::from_static("refresh"), AGAIN);
    }
    Ok(response)
}

/// What the page and its files are drawn from.
struct Room<'a> {
    ctx: &'a Ctx,
    source: &'a dyn TileSource,
    stamp: Stamp,
    maps: &'a Maps,
}

impl Room<'_> {
    async fn tiles(&self, found: &Found, shown: Shown) -> Result<Vec<TileView>, Failure> {
        let days = (self.stamp, shown);
        Ok(TileView::all(Some(self.ctx), self.source, days, &found.tiles, self.maps).await?)
    }

    /// The dashboard as a workbook or on paper, as of `at` where no past day is asked for.
    async fn file(
        &self,
        found: Found,
        day: DayView,
        (ending, at): (&str, &str),
        printer: Printer,
    ) -> Result<Response, Failure> {
        if !day.faults.is_empty() {
            return Ok(day.to_page());
        }
        let tiles = self.tiles(&found, day.shown).await?;
        if ending == "xlsx" {
            return workbook::answer(&found.name, day.shown, &tiles).await;
        }
        let note = match day.is_past() {
            true => format!("{}. {}.", found.maker, day.title()),
            false => format!("{}. Số liệu lúc {at}.", found.maker),
        };
        print::pdf(printer, (&found.name, day.shown), note, &tiles).await
    }

    fn page(
        &self,
        chrome: Chrome,
        found: Found,
        (mut tiles, day): (Vec<TileView>, DayView),
        at: String,
    ) -> Result<String, Failure> {
        let query = day.shown.query();
        for tile in &mut tiles {
            tile.image = format!("/bang/{}/o/{}.png{query}", found.named, tile.n);
        }
        let made = found.made.as_ref();
        let page = ShowPage {
            openness: made.map_or("", |it| it.openness.label()),
            may_change: made.is_some_and(|it| actions::may_change(self.ctx, it)),
            may_make: actions::may_make(self.ctx),
            chrome,
            found,
            tiles,
            at,
            day,
        };
        Ok(page.render()?)
    }
}
