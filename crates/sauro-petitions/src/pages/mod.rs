//! The pages of petitions: for everybody, and for desks.

mod answer;
mod desk;
mod premises;
mod programs;
mod public;
mod spot;
mod upload;
mod words;

use axum::Router;
use sauro_ui::AppState;

/// Every page of this room. They ask for `Extension<Keys>` and `Extension<DirectoryHandle>`; with an
/// `Extension<TaskRoom>` a case becomes a task by one button, with an `Extension<PeopleRoom>` it can be about somebody.
pub fn routes() -> Router<AppState> {
    Router::new().merge(public::routes()).merge(desk::routes()).merge(programs::routes())
}
