//! What stands before the product: public pages that were asked for a moment ago are answered at the door.
//!
//! Pages about results lie on a [shelf](shelf) for a second; pages of the portal are [kept](pages) until the journal
//! tells that something of them has changed.

mod encoding;
mod english;
mod generations;
mod kept;
mod pages;
mod shelf;

use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::Response;
use sauro_kernel::Clock;
use sauro_tasks::jobs::LiveBoard;
use tower::{Service, ServiceExt};

pub use pages::PageCache;
use shelf::{Key, Shelf};

/// Where the portal is changed, and where opinions come in. Whoever has changed something finds it changed.
const CHANGES: [&str; 2] = ["/bien-tap", "/lay-y-kien"];

/// The product with what is kept before it.
#[derive(Clone)]
pub struct Front {
    tongues: Tongues,
    shelf: Arc<Shelf>,
    pages: Option<PageCache>,
}

type Answer = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl Front {
    /// Puts the shelf before `inside`.
    pub fn new(inside: Router, board: LiveBoard, clock: Arc<dyn Clock>) -> Self {
        let shelf = Arc::new(Shelf::new(board, clock));
        Self { tongues: Tongues::of(inside), shelf, pages: None }
    }

    /// The same, with pages of the portal kept.
    #[must_use]
    pub fn with_pages(self, pages: PageCache) -> Self {
        Self { pages: Some(pages), ..self }
    }

    /// What `request` is to the pages that are kept, if anything.
    fn about_portal(&self, request: &Request) -> Option<AboutPortal> {
        let pages = self.pages.as_ref()?;
        if let Some(address) = shared_address(request) {
            return Some(AboutPortal::Page(pages.clone(), address));
        }
        let path = request.uri().path();
        let path = sauro_tongues::bare(path).unwrap_or(path);
        let is_change = !matches!(*request.method(), Method::GET | Method::HEAD)
            && CHANGES.iter().any(|it| path.starts_with(it));
        is_change.then(|| AboutPortal::Change(pages.clone()))
    }

    fn answer_about_portal(&self, about: AboutPortal, request: Request) -> Answer {
        let mut inside = self.tongues.answering(&request);
        match about {
            AboutPortal::Page(pages, address) => {
                Box::pin(async move { Ok(pages.answer(inside, (address, request)).await) })
            }
            AboutPortal::Change(pages) => Box::pin(async move {
                let response = inside.call(request).await?;
                pages.catch_up().await;
                Ok(response)
            }),
        }
    }
}

/// `inside` in each language at its addresses, with nothing kept before it.
pub fn each_tongue(inside: Router) -> Router {
    let tongues = Tongues::of(inside);
    Router::new()
        .fallback(async move |request: Request| tongues.answering(&request).oneshot(request).await)
}

/// The whole product in each language.
#[derive(Clone)]
struct Tongues {
    vietnamese: Router,
    english: Router,
}

impl Tongues {
    fn of(inside: Router) -> Self {
        Self { english: english::english(inside.clone()), vietnamese: inside }
    }

    /// Who answers `request`, by its address.
    fn answering(&self, request: &Request) -> Router {
        let is_english = sauro_tongues::bare(request.uri().path()).is_some();
        if is_english { self.english.clone() } else { self.vietnamese.clone() }
    }
}

/// What somebody asks of the portal.
enum AboutPortal {
    /// A page that anybody could have asked for, by its address.
    Page(PageCache, String),
    /// A change, after which the pages that are kept catch up.
    Change(PageCache),
}

/// The address of a page of the portal that anybody could have asked for.
fn shared_address(request: &Request) -> Option<String> {
    let headers = request.headers();
    let is_anybody = [header::COOKIE, header::AUTHORIZATION, header::RANGE]
        .iter()
        .all(|name| !headers.contains_key(name));
    if request.method() != Method::GET || !is_anybody {
        return None;
    }
    match english::bare(request.uri()) {
        Some(bare) => {
            Some(sauro_tongues::PREFIX.to_owned() + &sauro_portal::shared_address(&bare)?)
        }
        None => sauro_portal::shared_address(request.uri()),
    }
}

/// The same question once more, without what was sent along.
fn again(request: &Request) -> Request {
    let mut again = Request::new(Body::empty());
    *again.method_mut() = request.method().clone();
    *again.uri_mut() = request.uri().clone();
    *again.version_mut() = request.version();
    *again.headers_mut() = request.headers().clone();
    *again.extensions_mut() = request.extensions().clone();
    again
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request>::poll_ready(&mut self.tongues.vietnamese, cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if let Some(about) = self.about_portal(&request) {
            return self.answer_about_portal(about, request);
        }
        let mut inside = self.tongues.answering(&request);
        let Some(key) = Key::of(&request) else { return Box::pin(inside.call(request)) };
        if let Some(response) = self.shelf.take(&key) {
            return Box::pin(ready(Ok(response)));
        }
        let shelf = self.shelf.clone();
        // Taken before the page is made: a change that comes meanwhile makes it old at once.
        let changed_at = shelf.changed_at();
        let answer = inside.call(request);
        Box::pin(async move { Ok(shelf.keep(key, changed_at, answer.await?).await) })
    }
}
