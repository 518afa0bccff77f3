//! For desks: the queue, one case, answers, writing down for somebody, limits, figures.

mod acts;
mod agencies;
mod answer;
mod behalf;
mod bulk;
mod case;
mod case_parts;
mod cover;
mod figures;
mod files;
mod keys;
mod limits;
mod pains;
mod queue;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use sauro_kernel::PetitionId;
use sauro_ui::{AppState, Failure};
use serde::Deserialize;

use super::upload;

pub(super) fn routes() -> Router<AppState> {
    let with_files = DefaultBodyLimit::max(upload::MAX_BYTES);
    Router::new()
        .route("/phan-anh-den", get(queue::show).post(bulk::act))
        .route("/phan-anh-den/moi", get(behalf::form).post(behalf::take).layer(with_files))
        .route("/phan-anh-den/thoi-han", get(limits::show).post(limits::set))
        .route("/phan-anh-den/so-lieu", get(figures::show))
        .route("/phan-anh-den/noi-dau", get(pains::show))
        .route("/phan-anh-den/khoa", get(keys::show).post(keys::change))
        .route("/phan-anh-den/{id}", get(case::show).post(acts::act))
        .route("/phan-anh-den/{id}/tra-loi", get(answer::form).post(answer::take).layer(with_files))
        .route("/phan-anh-den/{id}/tep/{file}", get(files::download))
        .route("/phan-anh-den/{id}/tep/{file}/anh", get(cover::picture))
        .route("/phan-anh-den/{id}/tep/{file}/che", get(cover::form).post(cover::take))
}

/// What a page was asked with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// What was just done.
    #[serde(rename = "vua")]
    just: String,
}

/// The case that an address names; one that is no id is not there.
fn id_of(typed: &str) -> Result<PetitionId, Failure> {
    typed.parse().map_err(|_| Failure::NotFound)
}
