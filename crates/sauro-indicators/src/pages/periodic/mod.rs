//! The pages of periodic reports: what is owed, what came in, how many become one.

mod edit;
mod form;
mod forms;
mod heard;
mod home;
mod merge;
mod paper;
mod public;
mod round;
mod sheet;
mod shown;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use sauro_ui::AppState;

use crate::actions::periodic::WorkSource;

/// Where the pages ask for the work of a unit.
pub(super) type Source = Arc<dyn WorkSource>;

/// The pages of this shelf. The product lays a `DirectoryHandle` and a [`Source`] over them.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/bao-cao-ky", get(home::show))
        .route("/bieu-mau", get(forms::show))
        .route("/bieu-mau/moi", get(form::new).post(form::define))
        .route("/bieu-mau/{code}", get(form::edit).post(form::redesign))
        .route("/bieu-mau/{code}/mo-dot", post(form::open))
        .route("/bao-cao-ky/{round}", get(round::show).post(round::accept))
        .route("/bao-cao-ky/{round}/khoa", post(round::lock))
        .route("/bao-cao-ky/{round}/gui-muon", post(round::grant))
        .route("/bao-cao-ky/{round}/{unit}", get(sheet::show).post(sheet::act))
        .route("/bao-cao-ky/{round}/{unit}/soan", get(edit::form).post(edit::save))
        .route("/bao-cao-ky/{round}/{unit}/tong-hop", get(merge::show).post(merge::take))
        .route("/bao-cao-ky/{round}/{unit}/van-ban.docx", get(paper::write))
        .route("/bao-cao-ky/{round}/{unit}/van-ban.pdf", get(paper::write))
        .route("/ket-qua/bao-cao", get(public::list))
        .route("/ket-qua/bao-cao/{id}", get(public::show))
}
