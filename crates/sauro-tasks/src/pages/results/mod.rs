//! Public results: what came of the tasks, for everyone to check. No script, no cookie.

mod address;
mod area;
mod cache;
mod data;
mod day;
mod list;
mod map;
mod method;
mod serve;
mod task;
mod tiles;

use axum::routing::get;
use axum::{Extension, Router};
use sauro_ui::AppState;

pub(crate) use cache::PageCache;

/// The pages below `/ket-qua`. They need `Extension<LiveBoard>` and `Extension<DirectoryHandle>`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/ket-qua", get(serve::serve))
        .route("/ket-qua.csv", get(serve::serve))
        .route("/ket-qua.json", get(serve::serve))
        .route("/ket-qua/{*rest}", get(serve::serve))
        .layer(Extension(PageCache::default()))
}
