//! For programs: Open311 GeoReport v2 (<https://wiki.open311.org/GeoReport_v2/>) under `/open311/v2`, and JSON
//! under `/api/v1/phan-anh`.

mod format;
mod requests;
mod rest;
mod sending;
mod services;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use sauro_ui::AppState;

use super::upload::MAX_BYTES;

pub(super) fn routes() -> Router<AppState> {
    let with_files = Router::new()
        .route("/api/v1/phan-anh", post(rest::send))
        .route("/open311/v2/requests.json", get(requests::list_json).post(sending::send_json))
        .route("/open311/v2/requests.xml", get(requests::list_xml).post(sending::send_xml))
        .layer(DefaultBodyLimit::max(MAX_BYTES));
    Router::new()
        .route("/api/v1/phan-anh/{code}", get(rest::follow))
        .route("/open311/v2/discovery.json", get(services::discovery_json))
        .route("/open311/v2/discovery.xml", get(services::discovery_xml))
        .route("/open311/v2/services.json", get(services::list_json))
        .route("/open311/v2/services.xml", get(services::list_xml))
        .route("/open311/v2/services/{file}", get(services::definition))
        .route("/open311/v2/requests/{file}", get(requests::one))
        .route("/open311/v2/tokens/{file}", get(requests::token))
        .merge(with_files)
}
