//! `/dang-nhap/ma`: the code of the authenticator application.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_ui::{Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::door::Door;
use super::sign_in::{Asked, go_on, no_seat};
use super::words::{local_path, query_value, refusal};
use crate::IdentityError;
use crate::actions::{self, SignIn};
use crate::model::Stage;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    ma: String,
    tiep: String,
}

#[derive(Template)]
#[template(path = "identity/code.html")]
struct CodePage {
    chrome: Chrome,
    faults: Faults,
    tiep: String,
}

/// `GET /dang-nhap/ma`.
pub(super) async fn show(
    door: Door,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let tiep = local_path(&asked.tiep).to_owned();
    let pending =
        actions::pending_of(&door.identity.stranger(), &door.identity, &door.token).await?;
    match pending.map(|it| it.stage) {
        Some(Stage::Totp) => Ok(form(chrome, Faults::none(), tiep)?.into_response()),
        _ => Ok(from_start(&tiep)),
    }
}

/// `POST /dang-nhap/ma`.
pub(super) async fn submit(
    door: Door,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let tiep = local_path(&fields.tiep).to_owned();
    let ctx = door.identity.stranger();
    let answer =
        actions::confirm_totp(&ctx, &door.identity, &door.token, &fields.ma, &door.client).await;
    let faults = match answer {
        Err(IdentityError::NotFound(_)) => return Ok(from_start(&tiep)),
        Ok(SignIn::NoSeat) => no_seat(),
        Ok(SignIn::Refused { retry_after_s, was_checked }) => {
            let wrong = "Mã không đúng, đã dùng hoặc đã hết hạn.";
            Faults::from_iter([("ma", refusal(wrong, retry_after_s, was_checked))])
        }
        answer => return Ok(go_on(&door, answer?, &tiep)),
    };
    Err(Failure::Unprocessable(form(chrome, faults, tiep)?))
}

/// The step was waited for too long, or comes from nowhere.
pub(super) fn from_start(tiep: &str) -> Response {
    Redirect::to(&format!("/dang-nhap?tiep={}", query_value(tiep))).into_response()
}

fn form(chrome: Chrome, faults: Faults, tiep: String) -> Result<Html<String>, Failure> {
    page(&CodePage { chrome, faults, tiep })
}
