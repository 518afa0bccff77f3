//! The pages of notices: everybody sees those for the desk they sit at.

mod bell;
mod list;
mod settings;

use axum::Router;
use axum::routing::{get, post};
use sauro_ui::{AppState, Failure};

pub use bell::{Bell, ring};
pub(crate) use list::mark;

use crate::NoticesError;

/// Every page of this room. They ask for `Extension<Bell>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/thong-bao", get(list::show))
        .route("/thong-bao/doc-het", post(list::mark_all))
        .route("/thong-bao/cai-dat", get(settings::form).post(settings::save))
        .route("/thong-bao/{id}", post(list::open))
}

impl From<NoticesError> for Failure {
    fn from(err: NoticesError) -> Self {
        match err {
            NoticesError::NotFound => Self::NotFound,
            NoticesError::Store(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ NoticesError::Invalid(_) => Self::internal(err),
        }
    }
}
