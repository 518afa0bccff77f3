//! For desks: the queue, one case, settings.

use axum::Router;
use sauro_ui::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
}
