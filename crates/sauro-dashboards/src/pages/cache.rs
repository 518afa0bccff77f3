use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::future::Cache;
use sauro_ui::{Chrome, DrawnFor, Failure, Nonce};

use super::day::Shown;
use crate::Stamp;

/// Drawn dashboards, kept until something that they show has changed or a minute has passed, so that the
/// time on the page is never older. Drawings of one page that come together are one.
#[derive(Clone)]
pub(super) struct PageCache(Arc<Cache<Key, Arc<Drawn>>>);

/// What a drawn dashboard depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) dashboard: String,
    pub(super) version: i64,
    pub(super) stamp: Stamp,
    pub(super) shown: Shown,
    /// Counts up with every new map.
    pub(super) map_version: u64,
    pub(super) is_wall: bool,
    pub(super) is_still: bool,
    pub(super) readers: Readers,
}

/// Whom a drawn dashboard can be given to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Readers {
    /// Everybody who has chosen this look and is signed in, or is not.
    All { look: String, is_signed_in: bool },
    /// One seat: what it oversees decides what tiles show, and the frame names the person.
    Seat(Box<DrawnFor>),
}

/// A page as bytes.
pub(super) struct Drawn {
    nonce: Nonce,
    plain: Bytes,
    gzip: Bytes,
}

impl Readers {
    /// All who get the public page in the frame `chrome`.
    pub(super) fn all(chrome: &Chrome) -> Self {
        Self::All { look: chrome.look().to_string(), is_signed_in: chrome.is_signed_in() }
    }

    /// The one seat of the frame `chrome`.
    pub(super) fn seat(chrome: &Chrome) -> Self {
        Self::Seat(Box::new(chrome.drawn_for()))
    }
}

impl PageCache {
    /// Most bytes kept.
    const BYTES: u64 = 32 << 20;

    /// The page of `key`, drawn by `draw` unless it is there.
    pub(super) async fn page(
        &self,
        key: Key,
        nonce: Nonce,
        draw: impl Future<Output = Result<String, Failure>> + Send,
    ) -> Result<Arc<Drawn>, Failure> {
        if let Some(page) = self.0.get(&key).await {
            return Ok(page);
        }
        let draw = async { Ok(Arc::new(Drawn::new(draw.await?, nonce)?)) };
        self.0.try_get_with(key, draw).await.map_err(|err: Arc<Failure>| again(&err))
    }
}

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |_: &Key, page: &Arc<Drawn>| {
            u32::try_from(page.plain.len() + page.gzip.len() + 500).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder()
            .max_capacity(Self::BYTES)
            .weigher(weigh)
            .time_to_live(Duration::from_secs(60));
        Self(Arc::new(cache.build()))
    }
}

impl Drawn {
    /// The page `text`, drawn with `nonce`.
    pub(super) fn new(text: String, nonce: Nonce) -> Result<Self, Failure> {
        let mut gzip = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::new(6));
        gzip.write_all(text.as_bytes()).map_err(Failure::internal)?;
        Ok(Self {
            nonce,
            gzip: gzip.finish().map_err(Failure::internal)?.into(),
            plain: text.into(),
        })
    }

    /// The answer to a request with the headers `asked`; `keep` says where it may be kept on its way.
    pub(super) fn answer(&self, asked: &HeaderMap, keep: &'static str) -> Response {
        let mut response = Response::new(Body::empty());
        // The scripts of the page carry the word that it was drawn with.
        response.extensions_mut().insert(self.nonce.clone());
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        let body = if takes_gzip(asked) {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            &self.gzip
        } else {
            &self.plain
        };
        *response.body_mut() = Body::from(body.clone());
        response
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let words = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    words.is_some_and(|it| it.contains("gzip") && !it.contains("q=0"))
}

/// One failure answers all who waited for the same page.
fn again(err: &Failure) -> Failure {
    match err {
        Failure::NotFound => Failure::NotFound,
        Failure::Unavailable => Failure::Unavailable,
        other => Failure::Internal(format!("the dashboard could not be drawn: {other:?}").into()),
    }
}
