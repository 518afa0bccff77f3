//! For everybody: sending, following by code, answered cases.

use axum::Router;
use sauro_ui::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
}
