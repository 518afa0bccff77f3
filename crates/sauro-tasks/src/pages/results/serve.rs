use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Maps;
use sauro_kernel::{Ctx, VIETNAM};
use sauro_ui::{AppState, Chrome, Failure};

use super::address::{Ask, Format, Read, What};
use super::cache::{Key, PageCache, Readers, Rendered};
use super::day::DayForm;
use super::map::MapView;
use super::{area, data, list, method, task};
use crate::actions::{Source, Viewer, list_results, read_public_task, read_results};
use crate::jobs::LiveBoard;
use crate::model::{Moment, NoSuchDay};

const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const JSON: &str = "application/json";

/// Where a page may be kept on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// A public page, drawn for all who are not signed in.
    Anywhere,
    /// A public page in the frame of those who are.
    ByItsReader,
    /// A page of the inside: it is gone when its reader has signed out.
    Never,
}

impl Keep {
    fn of(readers: &Readers) -> Self {
        match readers {
            Readers::All { is_signed_in: false, .. } => Self::Anywhere,
            Readers::All { is_signed_in: true, .. } => Self::ByItsReader,
            Readers::Seat(_) => Self::Never,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Anywhere => "public, max-age=5",
            Self::ByItsReader => "private, no-cache",
            Self::Never => "no-store",
        }
    }
}

/// What stands on a page beside the figures.
struct Frame {
    day: DayForm,
    maps: Arc<Maps>,
}

/// Answers every address of results.
pub(super) async fn serve(
    State(state): State<AppState>,
    Extension(live): Extension<LiveBoard>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(cache): Extension<PageCache>,
    OriginalUri(uri): OriginalUri,
    chrome: Chrome,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let now = state.clock.now();
    let today = now.with_timezone(&VIETNAM).date_naive();
    let Read { ask, wrong_day } = Ask::read(&uri, today).ok_or(Failure::NotFound)?;
    if let Some((written, why)) = wrong_day {
        let day = DayForm::of(&ask, today).refused(&written, why);
        let frame = Frame { day, maps: directory.maps().maps() };
        let directory = directory.directory();
        let source = Source { db: &state.db, live: &live, places: &directory, now, day: None };
        return Box::pin(refuse(&state, source, &ask, chrome, frame, why)).await;
    }
    let key = Key {
        readers: Readers::of(&ask, &chrome),
        changed_at: ask.day.map_or_else(|| live.changed_at(), |_| live.shown_at()),
        open_day: Moment::of(now).open_day,
        map_version: directory.maps().version(),
        ask: ask.clone(),
    };
    let keep = Keep::of(&key.readers);
    if let Some(page) = cache.find(&key).await {
        return Ok(answer(&page, &headers, keep));
    }
    // Boxed, so that requests that find their page do not carry the room for rendering one.
    Box::pin(async move {
        let nonce = chrome.nonce_word();
        let render = async {
            let frame = Frame { day: DayForm::of(&ask, today), maps: directory.maps().maps() };
            let directory = directory.directory();
            let source =
                Source { db: &state.db, live: &live, places: &directory, now, day: ask.day };
            render(&state, source, &ask, chrome, frame).await
        };
        let page = cache.page(key, nonce, render).await?;
        Ok(answer(&page, &headers, keep))
    })
    .await
}

/// The page of the present with what is wrong with the day, or the bare sentence in a file.
async fn refuse(
    state: &AppState,
    source: Source<'_>,
    ask: &Ask,
    chrome: Chrome,
    frame: Frame,
    why: NoSuchDay,
) -> Result<Response, Failure> {
    let (media, text) = match ask.format {
        Format::Html => render(state, source, ask, chrome, frame).await?,
        Format::Csv => (CSV, format!("loi\n\"{why}\"\n")),
        Format::Json => (JSON, data::pretty(&serde_json::json!({ "error": why.to_string() }))?),
    };
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, headers, text).into_response())
}

async fn render(
    state: &AppState,
    source: Source<'_>,
    ask: &Ask,
    chrome: Chrome,
    frame: Frame,
) -> Result<(&'static str, String), Failure> {
    match &ask.what {
        What::Area(it) => {
            let ctx = match (ask.is_inside, chrome.actor()) {
                (false, _) => None,
                (true, None) => return Err(Failure::NotFound),
                (true, Some(actor)) => Some(Ctx {
                    actor: actor.clone(),
                    clock: state.clock.clone(),
                    ids: state.ids.clone(),
                }),
            };
            let viewer = ctx.as_ref().map_or(Viewer::Public, Viewer::Inside);
            let results = read_results(source, viewer, it).await?;
            Ok(match ask.format {
                Format::Html => {
                    let Frame { day, maps } = frame;
                    let map = MapView::of(&maps, source.places, it, &results, &ask.suffix());
                    (HTML, area::html(chrome, ask, it, &results, day, map)?)
                }
                Format::Csv => (CSV, data::area_csv(it, &results, chrome.public_url())?),
                Format::Json => (JSON, data::area_json(it, &results, chrome.public_url())?),
            })
        }
        What::List(it) => {
            let listed = list_results(source, it).await?;
            Ok(match ask.format {
                Format::Html => (HTML, list::html(chrome, ask, it, &listed, frame.day)?),
                Format::Csv => (CSV, data::list_csv(&listed, chrome.public_url())?),
                Format::Json => (JSON, data::list_json(&listed, chrome.public_url())?),
            })
        }
        What::Task(code) => {
            let it = read_public_task(source, code).await?;
            Ok(match ask.format {
                Format::Html => (HTML, task::html(chrome, ask, &it)?),
                Format::Csv => (CSV, data::task_csv(&it, chrome.public_url())?),
                Format::Json => (JSON, data::task_json(&it, chrome.public_url())?),
            })
        }
        What::Method => Ok(match ask.format {
            Format::Html => (HTML, method::html(chrome)?),
            Format::Csv => (CSV, method::csv()?),
            Format::Json => (JSON, method::json()?),
        }),
    }
}

fn answer(page: &Arc<Rendered>, asked: &HeaderMap, keep: Keep) -> Response {
    let mut response = Response::new(Body::empty());
    if keep == Keep::Never {
        response.extensions_mut().insert(page.nonce.clone());
    }
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep.words()));
    if keep != Keep::Never {
        headers.insert(header::ETAG, page.etag.clone());
        if has(asked, header::IF_NONE_MATCH, &page.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    headers.insert(header::CONTENT_TYPE, page.media.clone());
    let body = if takes_gzip(asked) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        &page.gzip
    } else {
        &page.plain
    };
    *response.body_mut() = Body::from(body.clone());
    response
}

fn has(headers: &HeaderMap, name: header::HeaderName, tag: &HeaderValue) -> bool {
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    let Ok(tag) = tag.to_str().map(bare) else { return false };
    headers
        .get_all(name)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .any(|it| it.trim() == "*" || bare(it) == tag)
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .any(|it| {
            let it = it.trim();
            it.starts_with("gzip") && !it.ends_with("q=0")
        })
}
