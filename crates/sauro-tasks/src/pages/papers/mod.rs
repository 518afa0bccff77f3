//! Official papers made from tasks and results, as Word documents to be edited and signed.

mod chart;
mod form;
mod lists;
mod monthly;
mod order;

use axum::Router;
use axum::routing::get;
use sauro_ui::AppState;

pub(super) use lists::{Grouped, TaskLine};
pub(super) use monthly::{four_boxes, four_shares};

/// The pages of this shelf. They need `Extension<LiveBoard>` and `Extension<DirectoryHandle>`.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/bao-cao-thang", get(form::show).post(form::write))
}
