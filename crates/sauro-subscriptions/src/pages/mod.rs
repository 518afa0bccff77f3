//! The pages of subscriptions: for everybody, for whoever comes by their own link, and counts for editors.

mod desk;
mod device;
mod form;
mod own;
mod subscribe;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx};
use sauro_store::Keys;
use sauro_ui::{AppState, Chrome, Failure, Source};

use crate::SubscriptionsError;
use crate::actions::{NewsRoom, Office};

/// The ways by which this installation tells people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Letters are sent from here.
    pub has_mail: bool,
    /// Messages to devices are sent from here: the key that browsers are told to expect, and whether push servers of the
    /// own network are asked.
    pub push: Option<(String, bool)>,
}

/// Every page of this room. They ask for `Extension<Keys>`, `Extension<DirectoryHandle>` and `Extension<NewsRoom>`;
/// with an `Extension<Ways>` they offer what it says.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/theo-doi-tin", get(subscribe::show).post(subscribe::send))
        .route("/theo-doi-tin/da-gui", get(subscribe::sent))
        .route("/theo-doi-tin/xac-nhan/{link}", get(subscribe::ask).post(subscribe::confirm))
        .route("/theo-doi-tin/may-nay", post(device::begin))
        .route("/theo-doi-tin/may-nay/thoi", post(device::leave))
        .route("/theo-doi-tin/{link}", get(own::show).post(own::change))
        .route("/theo-doi-tin/{link}/du-lieu", get(own::data))
        .route("/theo-doi-tin/{link}/thoi", get(own::ask_to_leave).post(own::leave))
        .route("/sw.js", get(device::worker))
        .route("/bien-tap/nguoi-nhan-tin", get(desk::show))
}

/// What the pages work with, for as long as a request takes, and who asks.
struct House {
    office: Office,
    ways: Ways,
    ctx: Ctx,
    /// Where the request comes from, as the server sees it.
    source: String,
}

impl FromRequestParts<AppState> for House {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let lacks = |_| Failure::internal(Unmounted);
        let found = Extension::<Keys>::from_request_parts(parts, state).await;
        let Extension(keys) = found.map_err(lacks)?;
        let found = Extension::<DirectoryHandle>::from_request_parts(parts, state).await;
        let Extension(directory) = found.map_err(lacks)?;
        let found = Extension::<NewsRoom>::from_request_parts(parts, state).await;
        let Extension(news) = found.map_err(lacks)?;
        let ways = parts.extensions.get::<Ways>().cloned().unwrap_or_default();
        let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(Actor::public);
        let source = parts.extensions.get::<Source>().map(|it| it.0.clone()).unwrap_or_default();
        let ctx = Ctx { actor, clock: state.clock.clone(), ids: state.ids.clone() };
        let office = Office { db: state.db.clone(), keys, directory, news };
        Ok(Self { office, ways, ctx, source })
    }
}

/// The product forgot to lay something over the routes.
#[derive(Debug, thiserror::Error)]
#[error("the routes of subscriptions lack their keys, their directory or their news")]
struct Unmounted;

impl From<SubscriptionsError> for Failure {
    fn from(err: SubscriptionsError) -> Self {
        match err {
            SubscriptionsError::NotFound | SubscriptionsError::Expired => Self::NotFound,
            SubscriptionsError::Denied(denied) => denied.into(),
            SubscriptionsError::Store(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ (SubscriptionsError::Invalid(_) | SubscriptionsError::Seal(_)) => {
                Self::internal(err)
            }
        }
    }
}

/// A page on which a browser may be told to listen for messages: the worker that listens is our own.
fn with_worker(nonce: &sauro_ui::Nonce, page: Html<String>) -> Response {
    let mut response = page.into_response();
    let policy = HeaderValue::try_from(sauro_ui::policy_with_worker(nonce));
    if let Ok(policy) = policy {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page that is about one person: kept nowhere on the way, and its address told to nobody.
fn private(page: impl IntoResponse) -> Response {
    let heads = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (axum::http::HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (heads, page).into_response()
}

/// A small page that says what has happened, or asks with one button.
#[derive(askama::Template)]
#[template(path = "subscriptions/said.html")]
struct SaidPage {
    chrome: Chrome,
    title: &'static str,
    words: &'static str,
    /// Where the button sends, and its words; empty for none.
    button: (String, &'static str),
    /// The `data-s` word of the note.
    status: &'static str,
}
