//! The pages of dashboards: those that one looks at, the one that changes them, the public ones.

mod answer;
mod cache;
mod day;
mod edit;
mod edit_view;
mod found;
mod list;
mod map;
mod print;
mod public;
mod show;
mod tile;
mod workbook;

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};
use sauro_ui::AppState;

use crate::TileSource;

/// Where the content of tiles comes from, as the product lays it over the routes.
#[derive(Clone)]
pub struct Sources(pub Arc<dyn TileSource>);

/// Every page of this room. They ask for `Extension<Sources>` and `Extension<DirectoryHandle>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/bang", get(list::show).post(list::make))
        .route("/bang/{id}", get(show::show))
        .route("/bang/{id}/o/{n}", get(show::tile))
        .route("/bang/{id}/sua", get(edit::form).post(edit::change))
        .route("/ket-qua/bang", get(public::list))
        .route("/ket-qua/bang/{id}", get(public::show))
        .layer(Extension(cache::PageCache::default()))
}
