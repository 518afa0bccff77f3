//! From text to issued tasks: programmes, directives, drafts, imports, handing down.

use axum::Router;
use sauro_ui::AppState;

/// The pages of this shelf.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
}
