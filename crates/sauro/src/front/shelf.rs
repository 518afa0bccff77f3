//! The shelf of results: a public page asked for again within a second is answered at the door.
//!
//! Results are read by many at once, mostly the same few pages. Whoever is not signed in gets the
//! bytes that were made for the last one, as long as no task has changed since and a second has not
//! passed; the page itself says `max-age=5`, so nobody sees anything older than it promises. The
//! view from inside is kept likewise, for the one session that it was drawn for.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use sauro_kernel::Clock;
use sauro_tasks::jobs::LiveBoard;
use sauro_ui::{Nonce, is_view_from_inside};

/// How long a page about tasks stays on the shelf.
const SHELF_US: i64 = 1_000_000;

/// How long a page about figures does. The board of tasks does not hear of figures, so that nothing but
/// time takes such a page down: with what the readers of the journal take, the newest figure is there within
/// a second. Behind the shelf a dashboard is drawn anew only when its figures have changed.
const FIGURES_US: i64 = 300_000;

/// Where pages about figures begin.
const OF_FIGURES: [&str; 2] = ["/ket-qua/bang", "/ket-qua/chi-so"];

/// Pages on the shelf, and the largest of them.
const MOST_PAGES: usize = 256;
const MOST_BYTES: u64 = 512 << 10;

pub(super) struct Shelf {
    board: LiveBoard,
    clock: Arc<dyn Clock>,
    public: RwLock<HashMap<Key, Kept>>,
    /// A place of its own, so that those inside cannot crowd out the public.
    inside: RwLock<HashMap<Key, Kept>>,
}

/// What a page on the shelf answers to: address and query, whether it is compressed, and whose it is.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    address: String,
    is_gzip: bool,
    /// All cookies of a session; none for what anybody gets.
    cookies: Option<HeaderValue>,
}

struct Kept {
    kept_at: i64,
    changed_at: i64,
    headers: HeaderMap,
    body: Bytes,
}

impl Key {
    /// The key of a request for results that anybody could have sent, or for their view from inside;
    /// none for everything else.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let headers = request.headers();
        let is_plain = [header::IF_NONE_MATCH, header::RANGE, header::AUTHORIZATION]
            .iter()
            .all(|name| !headers.contains_key(name));
        let is_result = bare(request.uri().path()).starts_with("/ket-qua");
        let mut cookies = headers.get_all(header::COOKIE).iter();
        let cookies = match (cookies.next(), cookies.next()) {
            (None, _) => None,
            (Some(one), None) if is_view_from_inside(request.uri()) => Some(one.clone()),
            _ => return None,
        };
        if request.method() != Method::GET || !is_plain || !is_result {
            return None;
        }
        let encodings = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
        // Whoever refuses gzip in so many words is answered inside.
        let is_gzip = match encodings {
            Some(words) if words.contains("q=0") => return None,
            words => words.is_some_and(|it| it.contains("gzip")),
        };
        Some(Self {
            address: request.uri().path_and_query()?.as_str().to_owned(),
            is_gzip,
            cookies,
        })
    }

    /// How long the page stays on the shelf.
    fn shelf_us(&self) -> i64 {
        let is_of_figures = OF_FIGURES.iter().any(|it| bare(&self.address).starts_with(it));
        if is_of_figures { FIGURES_US } else { SHELF_US }
    }
}

/// The address, whatever the language.
fn bare(address: &str) -> &str {
    sauro_tongues::bare(address).unwrap_or(address)
}

impl Shelf {
    /// Position of the last entry that named a task or a programme.
    pub(super) fn changed_at(&self) -> i64 {
        self.board.changed_at()
    }

    pub(super) fn new(board: LiveBoard, clock: Arc<dyn Clock>) -> Self {
        Self { board, clock, public: RwLock::default(), inside: RwLock::default() }
    }

    fn pages(&self, key: &Key) -> &RwLock<HashMap<Key, Kept>> {
        if key.cookies.is_some() { &self.inside } else { &self.public }
    }

    pub(super) fn take(&self, key: &Key) -> Option<Response> {
        let pages = self.pages(key).read().unwrap_or_else(PoisonError::into_inner);
        let kept = pages.get(key).filter(|it| self.is_fresh(key, it))?;
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        Some(response)
    }

    fn is_fresh(&self, key: &Key, kept: &Kept) -> bool {
        let age = self.clock.now().timestamp_micros() - kept.kept_at;
        kept.changed_at == self.board.changed_at() && (0..key.shelf_us()).contains(&age)
    }

    pub(super) async fn keep(&self, key: Key, changed_at: i64, response: Response) -> Response {
        let is_meant = match key.cookies {
            None => response
                .headers()
                .get(header::CACHE_CONTROL)
                .is_some_and(|it| it.as_bytes().starts_with(b"public")),
            // A page that can be given again carries the nonce it was drawn with.
            Some(_) => response.extensions().get::<Nonce>().is_some(),
        };
        let is_small = response.body().size_hint().exact().is_some_and(|n| n <= MOST_BYTES);
        if response.status() != StatusCode::OK || !is_meant || !is_small {
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            let mut failed = Response::new(Body::empty());
            *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return failed;
        };
        let kept_at = self.clock.now().timestamp_micros();
        let headers = shared(&parts.headers, key.cookies.is_some());
        let mut pages = self.pages(&key).write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.retain(|key, it| self.is_fresh(key, it));
        }
        if pages.len() < MOST_PAGES {
            pages.insert(key, Kept { kept_at, changed_at, headers, body: body.clone() });
        }
        Response::from_parts(parts, Body::from(body))
    }
}

/// The headers without what belongs to one request: its id, and on a public page the nonce that no
/// script uses.
pub(super) fn shared(headers: &HeaderMap, is_inside: bool) -> HeaderMap {
    let mut shared = headers.clone();
    shared.remove("x-request-id");
    if is_inside {
        return shared;
    }
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok());
    let bare = policy.map(|it| {
        let words = it.split("; ").map(|part| match part.starts_with("script-src 'nonce-") {
            true => "script-src 'none'",
            false => part,
        });
        words.collect::<Vec<_>>().join("; ")
    });
    if let Some(policy) = bare.and_then(|it| HeaderValue::try_from(it).ok()) {
        shared.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    shared
}
