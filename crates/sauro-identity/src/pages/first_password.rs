//! `/dang-nhap/mat-khau`: a password of one's own after a one-time password.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use sauro_ui::{Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::code::from_start;
use super::door::Door;
use super::sign_in::{Asked, go_on, no_seat};
use super::words::{faults, local_path};
use crate::IdentityError;
use crate::actions::{self, SignIn};
use crate::model::Stage;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Fields {
    mat_khau_moi: String,
    nhap_lai: String,
    tiep: String,
}

#[derive(Template)]
#[template(path = "identity/first_password.html")]
struct FirstPasswordPage {
    chrome: Chrome,
    faults: Faults,
    tiep: String,
}

/// `GET /dang-nhap/mat-khau`.
pub(super) async fn show(
    door: Door,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let tiep = local_path(&asked.tiep).to_owned();
    let pending =
        actions::pending_of(&door.identity.stranger(), &door.identity, &door.token).await?;
    match pending.map(|it| it.stage) {
        Some(Stage::NewPassword) => Ok(form(chrome, Faults::none(), tiep)?.into_response()),
        _ => Ok(from_start(&tiep)),
    }
}

/// `POST /dang-nhap/mat-khau`.
pub(super) async fn submit(
    door: Door,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let tiep = local_path(&fields.tiep).to_owned();
    if let Some(faults) = not_repeated(&fields.mat_khau_moi, &fields.nhap_lai) {
        return Err(Failure::Unprocessable(form(chrome, faults, tiep)?));
    }
    let (ctx, new) = (door.identity.stranger(), &fields.mat_khau_moi);
    let answer =
        actions::set_first_password(&ctx, &door.identity, &door.token, new, &door.client).await;
    let faults = match answer {
        Err(IdentityError::NotFound(_)) => return Ok(from_start(&tiep)),
        Ok(SignIn::NoSeat) => no_seat(),
        Ok(answer) => return Ok(go_on(&door, answer, &tiep)),
        Err(err) => faults(err, "mat-khau-moi")?,
    };
    Err(Failure::Unprocessable(form(chrome, faults, tiep)?))
}

/// A typing mistake in a field that nobody can read.
pub(super) fn not_repeated(new: &str, again: &str) -> Option<Faults> {
    let words = "Hai lần nhập không giống nhau. Nhập lại mật khẩu mới.";
    (new != again).then(|| Faults::from_iter([("nhap-lai", words)]))
}

fn form(chrome: Chrome, faults: Faults, tiep: String) -> Result<Html<String>, Failure> {
    page(&FirstPasswordPage { chrome, faults, tiep })
}
