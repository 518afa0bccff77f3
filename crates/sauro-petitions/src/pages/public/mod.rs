//! For everybody: sending, following by code, answered cases, open data.

mod agencies;
mod case;
mod data;
mod feeds;
mod follow;
mod list;
mod lost_code;
mod map;
mod own;
mod pick;
pub(super) mod place;
mod send;
mod similar;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use sauro_ui::AppState;

use super::upload::MAX_BYTES;

pub(super) fn routes() -> Router<AppState> {
    let with_files = Router::new()
        .route("/phan-anh/gui", get(send::show).post(send::send))
        .route("/tra-cuu/{code}", get(follow::show).post(follow::change))
        .layer(DefaultBodyLimit::max(MAX_BYTES));
    Router::new()
        .route("/phan-anh", get(list::show))
        .route("/phan-anh/tuong-tu", get(similar::show))
        .route("/phan-anh/da-co-tra-loi", post(similar::spared))
        .route("/phan-anh/ban-do", get(map::show))
        .route("/phan-anh/chon-noi", get(pick::show))
        .route("/phan-anh/vi-tri", post(pick::locate))
        .route("/phan-anh/co-quan", get(agencies::list))
        .route("/phan-anh/co-quan/{code}", get(agencies::one))
        .route("/phan-anh/{number}", get(case::show))
        .route("/phan-anh/{number}/anh/{file}", get(case::picture))
        .route("/phan-anh.csv", get(data::csv))
        .route("/phan-anh.json", get(data::json))
        .route("/phan-anh.geojson", get(data::geojson))
        .route("/phan-anh.atom", get(feeds::atom))
        .route("/phan-anh.feed.json", get(feeds::json))
        .route("/tra-cuu", get(follow::ask).post(follow::open))
        .route("/tra-cuu/quen-ma", get(lost_code::show).post(lost_code::ask))
        .route("/tra-cuu/{code}/du-lieu.json", get(follow::export))
        .route("/tra-cuu/{code}/tep/{file}", get(follow::file))
        .route("/cua-toi", get(own::show).post(own::add))
        .route("/cua-toi/{number}", get(own::open).post(own::drop_one))
        .merge(with_files)
}
