//! `/tai-khoan/ma`: turning the code generator on and off.

use askama::Template;
use axum::Form;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Ctx;
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::account::{LoanFields, whole};
use super::door::Door;
use super::words::faults;
use crate::actions::{self, Enrolment};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Fields {
    ma: String,
    mat_khau_tat_ma: String,
}

#[derive(Template)]
#[template(path = "identity/totp.html")]
struct TotpPage {
    chrome: Chrome,
    faults: Faults,
    enrolment: Option<Enrolment>,
    /// Shown once, after the first code.
    codes: Vec<String>,
}

/// `GET /tai-khoan/ma`: the QR code and the form for the first code.
pub(super) async fn show(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
) -> Result<Response, Failure> {
    if actions::protection_of(&ctx, &door.identity).await?.has_totp {
        return Ok(Redirect::to("/tai-khoan").into_response());
    }
    Ok(form(&door, &ctx, chrome, Faults::none()).await?.into_response())
}

/// `POST /tai-khoan/ma`: the first code; answers the recovery codes.
pub(super) async fn confirm(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Html<String>, Failure> {
    match actions::confirm_enrolment(&ctx, &door.identity, &door.token, &fields.ma).await {
        Ok(codes) => page(&TotpPage { chrome, faults: Faults::none(), enrolment: None, codes }),
        Err(err) => {
            let faults = faults(err, "ma")?;
            Err(Failure::Unprocessable(form(&door, &ctx, chrome, faults).await?))
        }
    }
}

/// `POST /tai-khoan/ma/tat`.
pub(super) async fn disable(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Redirect, Failure> {
    match actions::disable_totp(&ctx, &door.identity, &fields.mat_khau_tat_ma).await {
        Ok(()) => Ok(Redirect::to("/tai-khoan?xong=tat-ma")),
        Err(err) => {
            let faults = faults(err, "mat-khau-tat-ma")?;
            let page = whole(&door, ctx, chrome, faults, "", LoanFields::default()).await?;
            Err(Failure::Unprocessable(page))
        }
    }
}

async fn form(
    door: &Door,
    ctx: &Ctx,
    chrome: Chrome,
    mut wrong: Faults,
) -> Result<Html<String>, Failure> {
    let enrolment = match actions::enroll_totp(ctx, &door.identity).await {
        Ok(enrolment) => Some(enrolment),
        Err(err) => {
            wrong = faults(err, "ma")?;
            None
        }
    };
    page(&TotpPage { chrome, faults: wrong, enrolment, codes: Vec::new() })
}
