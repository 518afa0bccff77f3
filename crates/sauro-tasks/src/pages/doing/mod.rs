//! Doing and verifying: today's duties, tasks, reports with evidence, verification.

mod acts;
mod api;
mod around;
mod batch;
mod below;
mod beside;
mod children;
mod columns;
mod evidence;
mod explanation;
mod extension;
mod filter_words;
mod form;
mod gantt;
mod leader;
mod lines;
mod listing;
mod receipt;
mod report;
mod steer;
mod task;
mod tasks;
mod tasks_export;
mod tasks_paper;
mod timeline;
mod today;
mod upload;
mod urge_many;
mod verify;
mod views;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use sauro_ui::AppState;

/// The pages of this shelf.
pub(super) fn routes() -> Router<AppState> {
    // Uploads are counted while they come in, so that a large one is answered with a sentence.
    let uploads = Router::new()
        .route("/nhiem-vu/{code}/bao-cao", get(report::form).post(report::submit))
        .route("/nhiem-vu/{code}/bao-cao/nhap", post(report::autosave))
        .route("/api/v1/tasks/{code}/reports", post(api::report))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/viec", get(today::show))
        .route("/viec/{muc}", get(batch::show).post(batch::act))
        .route("/lanh-dao", get(leader::show))
        .route("/nhiem-vu", get(tasks::list))
        .route("/nhiem-vu/don-doc", post(urge_many::urge))
        .route("/nhiem-vu/xuat.csv", get(tasks_export::csv))
        .route("/nhiem-vu/xuat.xlsx", get(tasks_export::xlsx))
        .route("/nhiem-vu/xuat.docx", get(tasks_paper::file))
        .route("/nhiem-vu/xuat.pdf", get(tasks_paper::file))
        .route("/nhiem-vu/tien-do", get(gantt::show))
        .route("/nhiem-vu/cach-xem", get(views::manage).post(views::save))
        .route("/nhiem-vu/cach-xem/{id}", post(views::change))
        .route("/nhiem-vu/{code}", get(task::show))
        .route("/nhiem-vu/{code}/bao-nhanh", post(report::quick))
        .route("/nhiem-vu/{code}/dien-bien", get(task::history))
        .route("/nhiem-vu/{code}/ky", get(below::periods))
        .route("/nhiem-vu/{code}/bien-nhan/{receipt}", get(receipt::show))
        .route("/nhiem-vu/{code}/gia-han", get(extension::form).post(extension::submit))
        .route("/nhiem-vu/{code}/giai-trinh", get(explanation::form).post(explanation::submit))
        .route("/nhiem-vu/{code}/dieu-hanh", get(steer::form).post(steer::submit))
        .route("/nhiem-vu/{code}/nghiem-thu", get(verify::form).post(verify::submit))
        .route("/minh-chung/{id}", get(evidence::download))
        .merge(uploads)
}
