//! `GET /song`: tells open pages that something has changed, as server-sent events.
//!
//! All listeners watch one value, so that a change costs the same for one and for thousands, and a
//! listener that is slow keeps nobody waiting and nothing in memory: it finds the newest when it comes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use sauro_identity::Identity;
use sauro_identity::actions::still_here;
use sauro_kernel::{Ctx, PostId};
use sauro_tasks::jobs::{Beat, Concern, LiveBoard};
use sauro_ui::Caller;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// How many may listen, together and from one seat.
const MOST: usize = 4_000;
const MOST_OF_ONE: usize = 12;
/// At most one event in this time goes to one listener.
const PAUSE: Duration = Duration::from_millis(500);
/// How often it is asked whether the session still holds.
const CHECK: Duration = Duration::from_secs(30);
/// A word now and then, so that nobody between takes the silence for an end.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// When a listener that finds no room may come again, in seconds.
const COME_AGAIN: &str = "60";

/// Who listens now.
#[derive(Clone)]
pub struct Audience(Arc<Inner>);

struct Inner {
    by_seat: Mutex<HashMap<PostId, usize>>,
    most: usize,
    most_of_one: usize,
    check: Duration,
}

impl Default for Audience {
    fn default() -> Self {
        Self::new(MOST, MOST_OF_ONE, CHECK)
    }
}

impl Audience {
    /// Room for `most` listeners, `most_of_one` of them from one seat, each asked after `check` whether
    /// it may still listen.
    pub fn new(most: usize, most_of_one: usize, check: Duration) -> Self {
        Self(Arc::new(Inner { by_seat: Mutex::default(), most, most_of_one, check }))
    }

    /// How many listen.
    pub fn len(&self) -> usize {
        self.seats().values().sum()
    }

    /// True when nobody listens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn seats(&self) -> std::sync::MutexGuard<'_, HashMap<PostId, usize>> {
        self.0.by_seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, seat: PostId) -> Option<Place> {
        let mut seats = self.seats();
        if seats.values().sum::<usize>() >= self.0.most {
            return None;
        }
        let n = seats.entry(seat).or_default();
        if *n >= self.0.most_of_one {
            return None;
        }
        *n += 1;
        Some(Place { audience: self.clone(), seat })
    }
}

/// A place in the audience, free again when dropped.
struct Place {
    audience: Audience,
    seat: PostId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seats = self.audience.seats();
        if let Some(n) = seats.get_mut(&self.seat) {
            *n -= 1;
            if *n == 0 {
                seats.remove(&self.seat);
            }
        }
    }
}

/// Where the page that listens comes from.
#[derive(Deserialize)]
pub(crate) struct Since {
    /// The position that the page shows.
    tu: Option<i64>,
}

/// `GET /song`
pub(crate) async fn song(
    Caller(ctx): Caller,
    Extension(board): Extension<LiveBoard>,
    Extension(audience): Extension<Audience>,
    Extension(identity): Extension<Identity>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let Some(place) = audience.place(ctx.actor.post) else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, COME_AGAIN)])
            .into_response();
    };
    let last_id = headers.get("last-event-id").and_then(|it| it.to_str().ok()?.parse().ok());
    let beats = board.listen();
    let seen = last_id.or(since.tu).unwrap_or(beats.borrow().changed_at).min(board.position());
    let check = audience.0.check;
    let listener = Listener {
        ctx,
        token: identity.token_of(&headers),
        identity,
        board,
        beats,
        seen,
        check,
        check_at: Instant::now() + check,
        ready_at: Instant::now(),
        _place: place,
    };
    let events = Sse::new(listener.events()).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    (no_store, [("x-accel-buffering", "no")], events).into_response()
}

struct Listener {
    ctx: Ctx,
    token: Option<String>,
    identity: Identity,
    board: LiveBoard,
    beats: watch::Receiver<Beat>,
    /// The position that the listener knows of.
    seen: i64,
    check: Duration,
    check_at: Instant,
    ready_at: Instant,
    _place: Place,
}

impl Listener {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut it: Self| async move {
            let event = it.next().await?;
            Some((Ok(event), it))
        })
    }

    /// The next event; none when the listener must go.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let beat = *self.beats.borrow_and_update();
            if beat.is_closing {
                return None;
            }
            if beat.changed_at > self.seen && Instant::now() >= self.ready_at {
                match self.tell(beat.changed_at) {
                    None => continue,
                    event => return event,
                }
            }
            // A change that came too soon after the last event is told when the pause is over.
            let waits = beat.changed_at > self.seen;
            tokio::select! {
                changed = self.beats.changed(), if !waits => changed.ok()?,
                () = sleep_until(self.ready_at), if waits => {}
                () = sleep_until(self.check_at) => {
                    if !self.may_stay().await {
                        return None;
                    }
                    self.check_at = Instant::now() + self.check;
                }
            }
        }
    }

    /// The event of what happened until `changed_at`; none when it concerns others only.
    fn tell(&mut self, changed_at: i64) -> Option<Event> {
        let actor = &self.ctx.actor;
        let concern = self.board.concern(self.seen, actor.agency, &actor.scope);
        self.seen = changed_at;
        if concern == Concern::default() {
            return None;
        }
        self.ready_at = Instant::now() + PAUSE;
        let words = serde_json::to_string(&concern).unwrap_or_default();
        Some(Event::default().event("doi").id(changed_at.to_string()).data(words))
    }

    /// True while the session holds. A store that cannot say is asked again.
    async fn may_stay(&self) -> bool {
        let Some(token) = &self.token else { return false };
        let stays = still_here(&self.ctx, &self.identity, token, &self.ctx.actor).await;
        stays.unwrap_or_else(|err| {
            tracing::warn!(error = %err, "a session of a listener could not be looked up");
            true
        })
    }
}
