//! The pages of the portal: for everybody, and the desk of editors.

mod address;
mod answer;
mod blocks;
mod consult;
mod desk;
mod edit;
mod feeds;
mod file;
mod form;
mod history;
mod home;
mod item;
mod kept;
mod library;
mod links;
mod list;
mod maps;
mod pick;
mod picture;
mod picture_desk;
mod pictures;
mod preview;
mod remarks;
mod sections;
mod shown;
mod steps;
mod tongues;
mod view;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::http::request::Parts;
use axum::routing::{get, post};
use axum::{Extension, Router};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Actor, Ctx};
use sauro_store::Keys;
use sauro_ui::{AppState, Failure};

pub use address::shared_address;

use crate::ResultsRoom;
use crate::actions::{self, MAX_FILE_BYTES};
use crate::model::Picture;

/// Largest upload of several pictures at once.
const MAX_UPLOAD_BYTES: usize = 3 * MAX_FILE_BYTES;

/// Every page of this room. They ask for `Extension<Keys>` and `Extension<DirectoryHandle>`; with an
/// `Extension<ResultsRoom>` they show how far tasks are.
pub fn routes() -> Router<AppState> {
    let editing = Router::new()
        .route("/bien-tap/{id}", get(edit::show).post(edit::save))
        .route("/bien-tap/{id}/anh", get(pick::show).post(pick::choose))
        .route("/bien-tap/kho-anh/{id}", get(picture_desk::show).post(picture_desk::change))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + (4 << 20)));
    let uploading = Router::new()
        .route("/bien-tap/kho-anh", get(pictures::show).post(pictures::upload))
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES));
    Router::new()
        .merge(editing)
        .merge(uploading)
        .route("/", get(home::show))
        .route("/tin", get(list::news))
        .route("/tin.atom", get(feeds::atom))
        .route("/tin.feed.json", get(feeds::json))
        .route("/tin/tat-ca", get(list::moved))
        .route("/{tongue}/tin/{slug}", get(item::in_tongue))
        .route("/{tongue}/trang/{slug}", get(item::in_tongue))
        .route("/{tongue}/van-ban/{slug}", get(item::in_tongue))
        .route("/{tongue}/lay-y-kien/{slug}", get(item::in_tongue))
        .route("/tin/{slug}", get(item::news))
        .route("/trang/{slug}", get(item::standing))
        .route("/van-ban", get(library::show))
        .route("/van-ban/{slug}", get(item::document))
        .route("/lay-y-kien", get(list::consultations))
        .route("/lay-y-kien/{slug}", get(item::consultation).post(consult::send))
        .route("/chu-de/{slug}", get(list::topic))
        .route("/tep-cong/{id}", get(file::show))
        .route("/anh-cong/{id}/{name}", get(picture::show))
        .route("/xem-truoc/{token}", get(preview::show))
        .route("/robots.txt", get(maps::robots))
        .route("/sitemap.xml", get(maps::index))
        .route("/sitemap/{after}", get(maps::one))
        .route("/bien-tap", get(desk::show).post(desk::begin))
        .route("/bien-tap/ban-dich", get(tongues::show))
        .route("/bien-tap/duong-dan", get(links::show))
        .route("/bien-tap/chuyen-muc", get(sections::show).post(sections::change))
        .route("/bien-tap/{id}/buoc", post(steps::take))
        .route("/bien-tap/{id}/gop-y", get(remarks::show).post(remarks::send))
        .route("/bien-tap/{id}/phien-ban", get(history::show))
        .route("/bien-tap/{id}/so-sanh", get(history::compare))
        .route("/bien-tap/{id}/y-kien", get(consult::opinions))
}

/// What the pages work with, for as long as a request takes, and who asks: somebody signed in, or anybody.
struct House {
    state: AppState,
    keys: Keys,
    directory: Arc<Directory>,
    results: Option<ResultsRoom>,
    ctx: Ctx,
}

impl FromRequestParts<AppState> for House {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let lacks = |_| Failure::internal(Unmounted);
        let found = Extension::<Keys>::from_request_parts(parts, state).await;
        let Extension(keys) = found.map_err(lacks)?;
        let found = Extension::<DirectoryHandle>::from_request_parts(parts, state).await;
        let Extension(directory) = found.map_err(lacks)?;
        let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(Actor::public);
        let ctx = Ctx { actor, clock: state.clock.clone(), ids: state.ids.clone() };
        Ok(Self {
            state: state.clone(),
            keys,
            directory: directory.directory(),
            results: parts.extensions.get::<ResultsRoom>().cloned(),
            ctx,
        })
    }
}

impl House {
    /// Draws `picture` beside what goes on, so that readers do not wait for it.
    fn draw_soon(&self, picture: &Picture) {
        let (ctx, state, shot) = (self.ctx.clone(), self.state.clone(), picture.shot.clone());
        tokio::spawn(async move {
            if let Err(err) = actions::draw_ahead(&ctx, (&state.db, &state.files), &shot).await {
                tracing::warn!(error = %err, "a picture is drawn when somebody asks for it");
            }
        });
    }
}

/// The product forgot to lay something over the routes.
#[derive(Debug, thiserror::Error)]
#[error("the routes of the portal lack their keys or their directory")]
struct Unmounted;
