//! The way of a request: one order of layers around the routes of all rooms.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use sauro_dashboards::Sources;
use sauro_directory::{DirectoryHandle, HousePress};
use sauro_indicators::actions::periodic::WorkSource;
use sauro_kernel::{Actor, Ctx};
use sauro_papers::Press;
use sauro_petitions::{PeopleRoom, TaskRoom};
use sauro_portal::ResultsRoom;
use sauro_scores::ScoreFacts;
use sauro_search::{Limiter, SearchIndex, Searching};
use sauro_store::Keys;
use sauro_subscriptions::NewsRoom;
use sauro_tasks::jobs::LiveBoard;
use sauro_ui::{AppState, Failure};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::processes::{
    NewsOfPortal, PeopleOfCases, PortalResults, PublicThings, TasksOfCases, UnitWork,
};
use crate::scores::UnitFacts;
use crate::song::{self, Audience};
use crate::tiles::Tiles;

/// Forms are small; uploads set their own limit at their routes.
const FORM_BYTES: usize = 2 << 20;

/// Everything the routes are given.
#[derive(Clone)]
pub struct House {
    /// Database, files, clock, ids, site.
    pub state: AppState,
    /// The catalogue of agencies in memory.
    pub directory: DirectoryHandle,
    /// The live counts.
    pub board: LiveBoard,
    /// The directive reader.
    pub reader: Arc<sauro_reading::Reader>,
    /// What is found by words.
    pub search: SearchIndex,
    /// What PDF and pictures come from.
    pub press: Arc<dyn Press>,
    /// What personal data are sealed with.
    pub keys: Keys,
    /// Accounts, sessions and their layers.
    pub identity: sauro_identity::Identity,
    /// Those who listen for changes.
    pub audience: Audience,
    /// Longest time one request may take; a stream of events has answered before.
    pub timeout: Duration,
}

/// The whole product as one service.
pub fn router(house: House) -> Router {
    let House { state, directory, board, reader, search, press, keys, identity, audience, timeout } =
        house;
    let request_id = HeaderName::from_static("x-request-id");
    let work: Arc<dyn WorkSource> = Arc::new(UnitWork::new(state.db.clone(), directory.clone()));
    let system = Ctx { actor: Actor::system(), clock: state.clock.clone(), ids: state.ids.clone() };
    let people = PeopleOfCases::new(system.clone(), state.db.clone());
    let results =
        PortalResults::new(system.clone(), state.db.clone(), board.clone(), directory.clone());
    let news = NewsOfPortal::new(state.db.clone(), directory.clone());
    let cases = TasksOfCases::new(system, state.db.clone(), directory.clone());
    let bell = sauro_notices::Bell::new(&state.db, state.clock.clone(), state.ids.clone());
    let tiles = Tiles::new(&state.db, board.clone(), directory.clone(), state.clock.clone());
    let facts = UnitFacts::new(&state.db, board.clone(), directory.clone());
    let searching = Searching {
        index: search,
        rooms: Arc::new(PublicThings::new(state.db.clone(), directory.clone())),
        limiter: Limiter::default(),
    };
    // Layers stand in few groups: a router copies all layers within for each layer it is given by
    // itself, at each request.
    let pages = Router::new()
        .route("/suc-khoe", get(health))
        .route("/song", get(song::song))
        .merge(sauro_identity::routes())
        .merge(sauro_dashboards::routes())
        .merge(sauro_directory::routes())
        .merge(sauro_help::routes())
        .merge(sauro_indicators::routes())
        .merge(sauro_initiatives::routes())
        .merge(sauro_notices::routes())
        .merge(sauro_petitions::routes())
        .merge(sauro_portal::routes())
        .merge(sauro_scores::routes())
        .merge(sauro_search::routes())
        .merge(sauro_subscriptions::routes())
        .merge(sauro_tasks::routes())
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .layer(
            ServiceBuilder::new()
                .layer(DefaultBodyLimit::max(FORM_BYTES))
                .layer(Extension(reader))
                .layer(Extension(board))
                .layer(Extension(audience))
                .layer(Extension(directory))
                .layer(Extension(work))
                .layer(Extension(TaskRoom(Arc::new(cases))))
                .layer(Extension(PeopleRoom(Arc::new(people))))
                .layer(Extension(ResultsRoom(Arc::new(results))))
                .layer(Extension(NewsRoom(Arc::new(news))))
                .layer(Extension(keys))
                .layer(Extension(HousePress(press)))
                .layer(Extension(Sources(Arc::new(tiles))))
                .layer(Extension(ScoreFacts(Arc::new(facts))))
                .layer(Extension(searching))
                .layer(axum::middleware::from_fn_with_state(bell, sauro_notices::ring))
                .map_response(in_our_words),
        )
        .layer(identity.session_layer())
        .layer(ServiceBuilder::new().layer(compression()).layer(identity.csrf_layer()))
        .merge(sauro_ui::assets())
        .with_state(state);
    // Inside the frame, so that the page after a panic carries the headers as well.
    sauro_ui::layers(pages.layer(CatchPanicLayer::custom(after_panic))).layer(
        ServiceBuilder::new()
            .map_request(no_foreign_id)
            .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
            .layer(PropagateRequestIdLayer::new(request_id))
            .layer(TraceLayer::new_for_http())
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, timeout)),
    )
}

/// What is sent compressed: words of some length.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest).compress_when(
        SizeAbove::new(1024)
            .and(NotForContentType::IMAGES)
            .and(NotForContentType::const_new("font/"))
            .and(NotForContentType::const_new("application/octet-stream"))
            .and(NotForContentType::SSE),
    )
}

/// A request id from outside would let a stranger write into our log.
fn no_foreign_id(mut request: Request) -> Request {
    request.headers_mut().remove("x-request-id");
    request
}

/// `GET /suc-khoe`: for whoever watches the server.
async fn health(
    axum::extract::State(db): axum::extract::State<sauro_store::Db>,
    Extension(board): Extension<LiveBoard>,
    Extension(searching): Extension<Searching>,
) -> Result<axum::Json<serde_json::Value>, Failure> {
    let mut conn = db.read().await?;
    let last = sauro_journal::last_position(&mut conn).await?;
    let readers = sauro_journal::lag(&mut conn).await?;
    let n_parked = sauro_journal::n_parked(&mut conn).await?;
    let readers: Vec<_> = readers
        .iter()
        .map(|it| serde_json::json!({ "name": it.name, "position": it.position, "behind": it.behind }))
        .collect();
    Ok(axum::Json(serde_json::json!({
        "ok": true,
        "journal": last,
        "board_behind": (last - board.position()).max(0),
        "readers": readers,
        // False while the index is made; search then says that things may be lacking.
        "search_whole": searching.index.place().is_whole,
        // Entries that a reader could not digest; `sauro log parked` says which.
        "parked": n_parked,
        // How well callers share commits; PostgreSQL counts its own.
        "commits": db.commit_counts().map(|it| {
            serde_json::json!({ "transactions": it.transactions, "commits": it.commits })
        }),
    })))
}

async fn nothing() -> Failure {
    Failure::NotFound
}

/// What the framework refuses by itself (an id that is none, a form that is none) it says in bare
/// English; people get a page.
fn in_our_words(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_bare = kind.is_some_and(|it| it.starts_with("text/plain"));
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE if is_bare => Failure::TooLarge.into_response(),
        StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY
            if is_bare =>
        {
            Failure::NotFound.into_response()
        }
        _ => response,
    }
}

fn after_panic(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let words = cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    Failure::internal(Panicked(words)).into_response()
}

/// A panic is a bug; it is logged with its words and answered 500.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);
