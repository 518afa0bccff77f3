use axum::Router; use sauro_ui::AppState;
/// x
pub fn routes() -> Router<AppState> { Router::new() }
