use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderValue;
use bytes::Bytes;
use chrono::NaiveDate;
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::future::Cache;
use sauro_ui::{Chrome, DrawnFor, Failure, Nonce};

use super::address::Ask;

/// Rendered pages, kept until a task changes, the day of deadlines ends, or a minute has passed (so
/// that the time on the page is never older). Renderings of one page that come together are one.
#[derive(Clone)]
pub(crate) struct PageCache(Arc<Cache<Key, Arc<Rendered>>>);

/// What a rendered page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) ask: Ask,
    pub(super) readers: Readers,
    /// Position of the last entry that changed a task.
    pub(super) changed_at: i64,
    pub(super) open_day: NaiveDate,
    /// Counts up with every new map.
    pub(super) map_version: u64,
}

/// Whom a rendered page can be given to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Readers {
    /// All who have chosen this look (attributes of `<html>`) and are signed in, or are not.
    All { look: String, is_signed_in: bool },
    /// One seat: what it oversees decides the figures, and the frame names the person.
    Seat(Box<DrawnFor>),
}

impl Readers {
    /// Whom the page of `ask` in the frame `chrome` is for.
    pub(super) fn of(ask: &Ask, chrome: &Chrome) -> Self {
        match ask.is_inside {
            true => Self::Seat(Box::new(chrome.drawn_for())),
            false => {
                Self::All { look: chrome.look().to_string(), is_signed_in: chrome.is_signed_in() }
            }
        }
    }
}

/// A page as bytes.
pub(super) struct Rendered {
    /// The word in the page that lets its scripts run.
    pub(super) nonce: Nonce,
    pub(super) plain: Bytes,
    pub(super) gzip: Bytes,
    pub(super) etag: HeaderValue,
    pub(super) media: HeaderValue,
}

impl PageCache {
    /// Most bytes kept.
    const BYTES: u64 = 16 << 20;

    /// The page of `key`, if it is there.
    pub(super) async fn find(&self, key: &Key) -> Option<Arc<Rendered>> {
        self.0.get(key).await
    }

    /// The page of `key`, rendered by `render` unless it is there.
    pub(super) async fn page(
        &self,
        key: Key,
        nonce: Nonce,
        render: impl Future<Output = Result<(&'static str, String), Failure>> + Send,
    ) -> Result<Arc<Rendered>, Failure> {
        // The tag needs no hash of the page: what the page depends on decides it.
        let tag = format!("W/\"{:016x}\"", fingerprint(&key));
        let render = async {
            let (media, text) = render.await?;
            Ok(Arc::new(Rendered::new(media, text, &tag, nonce)?))
        };
        self.0.try_get_with(key, render).await.map_err(|err: Arc<Failure>| again(&err))
    }
}

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |_: &Key, page: &Arc<Rendered>| {
            u32::try_from(page.plain.len() + page.gzip.len() + 500).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder()
            .max_capacity(Self::BYTES)
            .weigher(weigh)
            .time_to_live(Duration::from_secs(60));
        Self(Arc::new(cache.build()))
    }
}

impl Rendered {
    fn new(media: &'static str, text: String, tag: &str, nonce: Nonce) -> Result<Self, Failure> {
        let mut gzip = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::new(6));
        gzip.write_all(text.as_bytes()).map_err(Failure::internal)?;
        Ok(Self {
            nonce,
            gzip: gzip.finish().map_err(Failure::internal)?.into(),
            plain: text.into(),
            etag: HeaderValue::from_str(tag).map_err(Failure::internal)?,
            media: HeaderValue::from_static(media),
        })
    }
}

/// FNV-1a over what the page depends on and the style sheet it names: equal in every process.
fn fingerprint(key: &Key) -> u64 {
    let text = format!("{key:?} {}", sauro_ui::asset("app.css"));
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One failure answers all who waited for the same page.
fn again(err: &Failure) -> Failure {
    match err {
        Failure::NotFound => Failure::NotFound,
        Failure::Unavailable => Failure::Unavailable,
        other => Failure::Internal(format!("the page could not be rendered: {other:?}").into()),
    }
}
