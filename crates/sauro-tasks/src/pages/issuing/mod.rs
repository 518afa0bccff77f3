//! From text to issued tasks: programmes, directives, drafts, imports, handing down.

mod directive_new;
mod directives;
mod draft_edit;
mod draft_form;
mod draft_view;
mod fields;
mod hand_down;
mod import;
mod import_template;
mod import_understood;
mod own_drafts;
mod programme;
mod programmes;
mod review;
mod roll_rule;
mod task_new;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use sauro_ui::AppState;

/// The pages of this shelf.
pub(super) fn routes() -> Router<AppState> {
    let uploads = Router::new()
        .route("/chi-dao/moi", get(directive_new::form).post(directive_new::bring))
        .route("/nhiem-vu/nhap", get(import::form).post(import::import))
        .route("/nhiem-vu/nhap/danh-dau", post(import::mark))
        .route("/nhiem-vu/{code}/giao-xuong", get(hand_down::form).post(hand_down::hand_down))
        .layer(DefaultBodyLimit::max(upload::MAX_BYTES));
    Router::new()
        .route("/chuong-trinh", get(programmes::list))
        .route("/chuong-trinh/moi", get(programmes::new).post(programmes::open))
        .route("/chuong-trinh/{code}", get(programme::show))
        .route("/chuong-trinh/{code}/sua", get(programmes::edit).post(programmes::change))
        .route("/chuong-trinh/{code}/cach-lam", get(programme::ways_form).post(programme::set_ways))
        .route("/chi-dao", get(directives::list))
        .route("/chi-dao/{id}", get(review::show))
        .route("/chi-dao/{id}/trinh", post(review::propose))
        .route("/chi-dao/{id}/giao", post(review::issue))
        .route("/chi-dao/{id}/tra-lai", post(review::send_back))
        .route("/chi-dao/{id}/gop", post(review::merge))
        .route("/chi-dao/{id}/them", post(review::add))
        .route("/chi-dao/{id}/tep", get(review::file))
        .route("/chi-dao/du-thao", get(own_drafts::own))
        .route("/chi-dao/du-thao/trinh", post(own_drafts::propose))
        .route("/chi-dao/du-thao/giao", post(own_drafts::issue))
        .route("/chi-dao/du-thao/tra-lai", post(own_drafts::send_back))
        .route("/chi-dao/du-thao/{id}", get(draft_edit::show).post(draft_edit::change))
        .route("/chi-dao/du-thao/{id}/tach", post(draft_edit::split))
        .route("/chi-dao/du-thao/{id}/bo", post(draft_edit::discard))
        .route("/nhiem-vu/moi", get(task_new::form).post(task_new::enter))
        .route("/nhiem-vu/nhap/mau.xlsx", get(import::template))
        .route("/nhiem-vu/{code}/quy-tac", get(roll_rule::form).post(roll_rule::set))
        .merge(uploads)
}
