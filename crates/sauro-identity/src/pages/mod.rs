//! Sign-in, one's own account, and the accounts an administrator manages.

mod account;
mod admin;
mod admin_account;
mod admin_new;
mod citizen;
mod code;
mod cookies;
mod door;
mod first_password;
mod layer;
mod links;
mod loans;
mod sign_in;
mod totp;
mod trip;
mod words;

use axum::Router;
use axum::routing::{get, post};
use sauro_ui::{AppState, Failure};

use crate::IdentityError;
use crate::model::TripFault;

/// Every page of this room. They ask for `Extension<Identity>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/dang-nhap", get(sign_in::show).post(sign_in::submit))
        .route("/dang-nhap/mau", post(sign_in::submit_sample))
        .route("/dang-nhap/ma", get(code::show).post(code::submit))
        .route("/dang-nhap/mat-khau", get(first_password::show).post(first_password::submit))
        .route("/dang-nhap/qua/{provider}", get(trip::leave))
        .route("/dang-nhap/qua/{provider}/ve", get(trip::arrive))
        .route("/dang-nhap/nguoi-dan", get(citizen::show_in))
        .route("/dang-nhap/nguoi-dan/ra", post(citizen::leave))
        .route("/dang-nhap/nguoi-dan/da-ra", get(citizen::show_out))
        .route("/cua-toi/tai-khoan", get(citizen::show))
        .route("/cua-toi/tai-khoan/du-lieu.json", get(citizen::export))
        .route("/cua-toi/tai-khoan/dang-xuat-het", post(citizen::leave_everywhere))
        .route("/cua-toi/tai-khoan/xoa", post(citizen::erase))
        .route("/dang-xuat", post(sign_in::leave))
        .route("/tai-khoan", get(account::show))
        .route("/tai-khoan/chuc-danh", post(account::choose))
        .route("/tai-khoan/mat-khau", post(account::change_password))
        .route("/tai-khoan/phien", post(account::end_session))
        .route("/tai-khoan/dang-xuat-het", post(account::leave_everywhere))
        .route("/tai-khoan/ma", get(totp::show).post(totp::confirm))
        .route("/tai-khoan/ma/tat", post(totp::disable))
        .route("/tai-khoan/dinh-danh/{provider}", post(links::begin))
        .route("/tai-khoan/dinh-danh/{provider}/go", post(links::unlink))
        .route("/tai-khoan/uy-quyen", post(loans::lend))
        .route("/tai-khoan/uy-quyen/thu-hoi", post(loans::take_back))
        .route("/quan-tri/tai-khoan", get(admin::show).post(admin_new::submit))
        .route("/quan-tri/tai-khoan/moi", get(admin_new::show))
        .route("/quan-tri/tai-khoan/{id}", get(admin_account::show))
        .route("/quan-tri/tai-khoan/{id}/chuc-danh", post(admin_account::give))
        .route("/quan-tri/tai-khoan/{id}/ket-thuc", post(admin_account::end))
        .route("/quan-tri/tai-khoan/{id}/mat-khau", post(admin_account::reset))
        .route("/quan-tri/tai-khoan/{id}/khoa", post(admin_account::disable))
        .route("/quan-tri/tai-khoan/{id}/mo", post(admin_account::enable))
}

impl From<IdentityError> for Failure {
    fn from(err: IdentityError) -> Self {
        match err {
            IdentityError::NotFound(_) => Self::NotFound,
            IdentityError::Denied(denied) => denied.into(),
            IdentityError::Store(err) => err.into(),
            IdentityError::Busy | IdentityError::Slowed(_) => Self::Unavailable,
            // Pages with a form show these themselves; elsewhere the form was not ours.
            IdentityError::Invalid(_) | IdentityError::Refused(_) => Self::Conflict,
            // So do the pages of trips.
            IdentityError::Trip(TripFault::Away) => Self::Unavailable,
            IdentityError::Trip(_) => Self::Conflict,
            err @ (IdentityError::Secret(_) | IdentityError::Seal(_)) => Self::internal(err),
        }
    }
}
