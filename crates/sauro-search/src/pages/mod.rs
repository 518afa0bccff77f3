//! The pages of search: for everybody, for programs, and what editors read of what was not found.

mod address;
mod answer;
mod api;
mod misses;
mod premises;
mod search;
mod suggest;

use axum::Router;
use axum::routing::get;
use sauro_ui::AppState;

/// Every page of this room. They ask for `Extension<Searching>` and `Extension<DirectoryHandle>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/tim-kiem", get(search::show))
        .route("/tim-kiem/goi-y", get(suggest::show))
        .route("/tim-kiem/khong-thay", get(misses::show).post(misses::settle))
        .route("/api/v1/tim-kiem", get(api::show))
}
