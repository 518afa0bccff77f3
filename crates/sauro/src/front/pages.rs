//! Pages of the portal in memory, each until the journal tells that something it was drawn from has changed.
//!
//! A page is kept with the place in the journal that was known before it was drawn. Each mark it depends on has the
//! place of the last entry that touched it. As long as none of these is later, the page is what would be drawn again;
//! a page that was drawn too slowly is old before it is ever given out.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use moka::future::Cache;
use moka::ops::compute::{CompResult, Op};
use sauro_journal::Entry;
use sauro_kernel::Clock;
use sauro_portal::model::marks;
use sauro_store::{Db, StoreError};
use sauro_tasks::jobs::LiveBoard;
use sauro_ui::{Depends, Failure};
use tower::ServiceExt;

use super::again;
use super::generations::{Generations, Slot};
use super::kept::{From, Kept};
use super::shelf::shared;

/// Entries taken in one step.
const AT_ONCE: u16 = 500;

/// No page is given for longer without being drawn again, whatever it depends on: names of agencies are kept in
/// memory too, and may come a second after the journal told of them.
const LONGEST_US: i64 = 60_000_000;

/// For how long it is remembered that a page is not to be kept: those who ask for it do not wait for each other.
const PASSED_US: i64 = 5_000_000;

/// The largest page that is kept.
const MOST_BYTES: u64 = 4 << 20;

/// Public pages of the portal, kept in the memory of this process. Cheap to clone.
#[derive(Clone)]
pub struct PageCache(Arc<Inner>);

struct Inner {
    db: Db,
    board: LiveBoard,
    clock: Arc<dyn Clock>,
    generations: Generations,
    /// The last entry whose marks are touched.
    position: AtomicI64,
    /// Held by whoever reads on.
    reading: tokio::sync::Mutex<()>,
    pages: Cache<String, Found>,
}

/// What is known of an address.
#[derive(Clone)]
enum Found {
    Page(Arc<Kept>),
    /// Each is answered for themself.
    Passed {
        ends_at: i64,
    },
}

impl PageCache {
    /// How often the journal is looked at: what another node has published is here within this time and a little.
    pub const PERIOD: Duration = Duration::from_millis(200);

    /// Room for pages of `most_bytes` in all, before the portal in `db`.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn open(
        db: &Db,
        board: LiveBoard,
        clock: Arc<dyn Clock>,
        most_bytes: u64,
    ) -> Result<Self, StoreError> {
        sauro_journal::seal(db).await?;
        let position = sauro_journal::last_position(&mut db.read().await?).await?;
        let weight = |address: &String, found: &Found| {
            let page = match found {
                Found::Page(it) => it.weight(),
                Found::Passed { .. } => 0,
            };
            u32::try_from(256 + address.len() + page).unwrap_or(u32::MAX)
        };
        Ok(Self(Arc::new(Inner {
            db: db.clone(),
            board,
            clock,
            generations: Generations::new(),
            position: AtomicI64::new(position),
            reading: tokio::sync::Mutex::new(()),
            pages: Cache::builder().weigher(weight).max_capacity(most_bytes).build(),
        })))
    }

    /// Takes in what the journal has told since. Answers how many entries there were.
    ///
    /// # Errors
    ///
    /// What the store says; the next call tries the same entries again.
    pub async fn follow(&self) -> Result<usize, StoreError> {
        let it = &self.0;
        let _reading = it.reading.lock().await;
        let mut n = 0;
        loop {
            let n_sealed = sauro_journal::seal(&it.db).await?;
            let after = it.position.load(Ordering::Acquire);
            let mut conn = it.db.read().await?;
            let entries = sauro_journal::read_after(&mut conn, after, AT_ONCE).await?;
            drop(conn);
            it.take_in(&entries);
            n += entries.len();
            if entries.len() < usize::from(AT_ONCE) && n_sealed == 0 {
                return Ok(n);
            }
        }
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self) {
        loop {
            let pause = match self.follow().await {
                Ok(_) => Self::PERIOD,
                Err(err) => {
                    tracing::warn!(error = %err, "pages that are kept lag behind the journal");
                    Self::PERIOD * 10
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// How many pages are kept, and how many bytes they weigh, once what is under way is counted.
    pub async fn size(&self) -> (u64, u64) {
        self.0.pages.run_pending_tasks().await;
        (self.0.pages.entry_count(), self.0.pages.weighted_size())
    }

    /// Follows before somebody who has changed something hears that it is done.
    pub(super) async fn catch_up(&self) {
        if let Err(err) = self.follow().await {
            tracing::warn!(error = %err, "pages that are kept lag behind the journal");
        }
    }

    /// The answer to `request` for the page at `address`: kept, or drawn by `inside`, once for all who wait for it.
    pub(super) async fn answer(
        &self,
        inside: Router,
        (address, request): (String, Request),
    ) -> Response {
        let found = self.0.pages.get(&address).await.filter(|it| self.0.is_fresh(it));
        if let Some(found) = found {
            return given(&found, inside, request).await;
        }
        let own = Mutex::new(None);
        let (kept, answered) = (&self.0, &own);
        let plain = plain(&request);
        let drawing = inside.clone();
        let done = self.0.pages.entry(address).and_compute_with(|there| async move {
            // Whoever waited finds what the first has drawn.
            if there.is_some_and(|it| kept.is_fresh(it.value())) {
                return Op::Nop;
            }
            let (found, answer) = kept.draw(drawing, plain).await;
            *answered.lock().unwrap_or_else(PoisonError::into_inner) = answer;
            Op::Put(found)
        });
        let done = done.await;
        if let Some(answer) = own.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return answer;
        }
        match done {
            CompResult::Inserted(it) | CompResult::ReplacedWith(it) | CompResult::Unchanged(it) => {
                given(it.value(), inside, request).await
            }
            CompResult::Removed(_) | CompResult::StillNone(_) => passed_on(inside, request).await,
        }
    }
}

impl Inner {
    fn take_in(&self, entries: &[Entry]) {
        for entry in entries {
            for mark in marks::touched(entry) {
                self.generations.touch(&mark, entry.position);
            }
        }
        // After the marks: whoever begins to draw from here on sees what the entries told.
        if let Some(last) = entries.last() {
            self.position.fetch_max(last.position, Ordering::AcqRel);
        }
    }

    fn is_fresh(&self, found: &Found) -> bool {
        let now = self.clock.now().timestamp_micros();
        match found {
            Found::Passed { ends_at } => (ends_at - PASSED_US..*ends_at).contains(&now),
            Found::Page(it) => {
                let from = &it.from;
                (from.drawn_at..from.ends_at).contains(&now)
                    && from.board_at.is_none_or(|it| it == self.board.changed_at())
                    && self.generations.are_as_at(from.position, &from.slots)
            }
        }
    }

    /// What `inside` answers: a page for everybody, or an answer for whoever asked.
    async fn draw(&self, inside: Router, plain: Request) -> (Found, Option<Response>) {
        // All three before the page is drawn: what changes meanwhile makes it old at once.
        let position = self.position.load(Ordering::Acquire);
        let board_at = self.board.changed_at();
        let drawn_at = self.clock.now().timestamp_micros();
        let passed = Found::Passed { ends_at: drawn_at + PASSED_US };
        let mut response = passed_on(inside, plain).await;
        let depends = response.extensions_mut().remove::<Depends>();
        let is_small = response.body().size_hint().exact().is_some_and(|n| n <= MOST_BYTES);
        let is_personal = response.headers().contains_key(header::SET_COOKIE);
        let Some(depends) = depends else { return (passed, Some(response)) };
        if response.status() != StatusCode::OK || !is_small || is_personal {
            return (passed, Some(response));
        }
        let ends_at = depends.ends_at().unwrap_or(i64::MAX).min(drawn_at + LONGEST_US);
        let slots: Box<[Slot]> = depends.marks().iter().map(|it| Generations::slot(it)).collect();
        let board_at = depends.is_of_results().then_some(board_at);
        let from = From { position, slots, board_at, drawn_at, ends_at };
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return (passed, Some(Failure::internal(CutShort).into_response()));
        };
        match Kept::new(from, shared(&parts.headers, false), body.clone()) {
            Some(page) => (Found::Page(Arc::new(page)), None),
            None => (passed, Some(Response::from_parts(parts, Body::from(body)))),
        }
    }
}

/// What was found, to whoever sent `request`.
async fn given(found: &Found, inside: Router, request: Request) -> Response {
    match found {
        Found::Page(it) => it.answer(request.headers()),
        Found::Passed { .. } => passed_on(inside, request).await,
    }
}

async fn passed_on(inside: Router, request: Request) -> Response {
    let Ok(response) = inside.oneshot(request).await;
    response
}

/// The same question from somebody who has nothing of the page and takes it as it is.
fn plain(request: &Request) -> Request {
    let mut plain = again(request);
    for name in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
        plain.headers_mut().remove(name);
    }
    plain
}

/// A page ended before it was whole.
#[derive(Debug, thiserror::Error)]
#[error("a page was cut short while it was drawn")]
struct CutShort;
