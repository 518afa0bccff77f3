//! The pages of the catalogue: agencies for everyone signed in, the calendar for administrators.

mod agencies;
mod agency;
mod calendar;
mod find;

use axum::Router;
use axum::routing::{get, post};
use sauro_ui::{AppState, Failure};

use crate::DirectoryError;

/// Every page of this room. They ask for `Extension<DirectoryHandle>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/co-quan", get(agencies::show))
        .route("/co-quan/tim", get(find::answer))
        .route("/co-quan/{id}", get(agency::show))
        .route("/quan-tri/lich", get(calendar::show).post(calendar::add))
        .route("/quan-tri/lich/bo", post(calendar::remove))
}

impl From<DirectoryError> for Failure {
    fn from(err: DirectoryError) -> Self {
        match err {
            DirectoryError::Denied(denied) => denied.into(),
            DirectoryError::Store(err) => err.into(),
            // Files come in by command only, which prints the faults itself.
            err @ DirectoryError::Faults(_) => Self::internal(err),
        }
    }
}
