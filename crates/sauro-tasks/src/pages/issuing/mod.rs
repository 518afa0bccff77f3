//! From text to issued tasks: programmes, directives, drafts, imports, handing down.

mod directives;
mod draft_view;
mod fields;
mod programmes;
mod review;

use axum::Router;
use axum::routing::{get, post};
use sauro_ui::AppState;

/// The pages of this shelf.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/chuong-trinh", get(programmes::list))
        .route("/chuong-trinh/moi", get(programmes::new).post(programmes::open))
        .route("/chuong-trinh/{code}", get(programmes::edit).post(programmes::change))
        .route("/chi-dao", get(directives::list))
        .route("/chi-dao/{id}", get(review::show))
        .route("/chi-dao/{id}/trinh", post(review::propose))
        .route("/chi-dao/{id}/giao", post(review::issue))
        .route("/chi-dao/{id}/tra-lai", post(review::send_back))
        .route("/chi-dao/{id}/gop", post(review::merge))
        .route("/chi-dao/{id}/them", post(review::add))
}
