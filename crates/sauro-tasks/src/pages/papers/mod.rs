//! Official papers made from tasks and results, as Word documents to be edited and signed.

mod form;
mod letterhead;
mod lists;
mod monthly;
mod order;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sauro_papers::{Layout, OfficialPaper, write_docx};
use sauro_ui::{AppState, Failure};

pub(super) use letterhead::Letterhead;
pub(super) use lists::{Grouped, TaskLine};
pub(super) use monthly::{four_boxes, four_shares};

/// The pages of this shelf. They need `Extension<LiveBoard>` and `Extension<DirectoryHandle>`.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/bao-cao-thang", get(form::show).post(form::write))
}

/// `paper` as a file of the name `name`.
pub(super) async fn file(
    name: &str,
    paper: OfficialPaper,
    layout: Layout,
) -> Result<Response, Failure> {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let bytes = tokio::task::spawn_blocking(move || write_docx(&paper, layout))
        .await
        .map_err(Failure::internal)?
        .map_err(Failure::internal)?;
    let headers = [
        (header::CONTENT_TYPE, WORD.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
