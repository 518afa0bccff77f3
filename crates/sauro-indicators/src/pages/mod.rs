//! The pages of figures: what they are, where they are to be, who said them and who checked.

mod answer;
mod api;
mod day;
mod export;
mod figure;
mod form_sheet;
mod indicator;
mod intake;
mod intake_copy;
mod list;
mod periodic;
mod public;
mod public_one;
mod quality;
mod report;
mod rows;
mod rule;
mod rules;
mod target;
mod upload;

pub use rows::{day_number, needed_words, quality_words, target_words, trend_words};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use sauro_ui::AppState;

/// Every page of this room. The product lays a `DirectoryHandle` over them as an extension.
pub fn routes() -> Router<AppState> {
    let uploads = Router::new()
        .route("/chi-so/nap-tep", get(intake::form).post(intake::take))
        .route("/chi-so/nap-tep/danh-dau", post(intake_copy::mark))
        .route("/api/v1/figures", post(api::take))
        .route("/chi-so/quy-tac/nap-tep", post(rules::take))
        .layer(DefaultBodyLimit::max(upload::MAX_BYTES));
    Router::new()
        .route("/chi-so", get(list::show))
        .route("/chi-so/mau.xlsx", get(intake::blank))
        .route("/chi-so/xuat", get(export::show))
        .route("/chi-so/quy-tac", get(rules::show))
        .route("/chi-so/quy-tac/moi", get(rule::new).post(rule::define))
        .route("/chi-so/quy-tac/{code}", get(rule::edit).post(rule::change))
        .route("/chi-so/{code}", get(indicator::show))
        .route("/chi-so/{code}/bao-so", get(report::form).post(report::send))
        .route("/chi-so/{code}/chat-luong", get(quality::form).post(quality::send))
        .route("/chi-so/{code}/chi-tieu", get(target::form).post(target::send))
        .route("/chi-so/{code}/chi-tieu/duyet", post(target::decide))
        .route("/so-lieu/{id}", get(figure::show))
        .route("/so-lieu/{id}/dinh-chinh", post(figure::correct))
        .route("/so-lieu/{id}/tham-dinh", post(figure::appraise))
        .route("/ket-qua/chi-so", get(public::show))
        .route("/ket-qua/chi-so.csv", get(public::csv))
        .route("/ket-qua/chi-so.json", get(public::json))
        .route("/ket-qua/chi-so/{code}", get(public_one::show))
        .merge(periodic::routes())
        .merge(uploads)
}
