//! `/tai-khoan/uy-quyen`: lending one's seat and taking it back.

use axum::Form;
use axum::response::Redirect;
use chrono::NaiveDate;
use sauro_ui::{Caller, Chrome, Failure};
use serde::Deserialize;

use super::account::{LoanFields, whole};
use super::door::Door;
use super::words::faults;
use crate::actions::{self, Loan};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Taken {
    post: String,
}

/// `POST /tai-khoan/uy-quyen`.
pub(super) async fn lend(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Form(fields): Form<LoanFields>,
) -> Result<Redirect, Failure> {
    let loan = Loan {
        to_login: fields.nguoi_nhan.clone(),
        from: day(&fields.tu_ngay),
        until: day(&fields.den_ngay),
    };
    match actions::delegate(&ctx, &door.identity, &loan).await {
        Ok(_) => Ok(Redirect::to("/tai-khoan?xong=uy-quyen")),
        Err(err) => {
            let faults = faults(err, "nguoi-nhan")?;
            let page = whole(&door, ctx, chrome, faults, "", fields).await?;
            Err(Failure::Unprocessable(page))
        }
    }
}

/// `POST /tai-khoan/uy-quyen/thu-hoi`.
pub(super) async fn take_back(
    door: Door,
    Caller(ctx): Caller,
    Form(taken): Form<Taken>,
) -> Result<Redirect, Failure> {
    let post = taken.post.parse().map_err(|_| Failure::NotFound)?;
    actions::take_back(&ctx, &door.identity, post).await?;
    Ok(Redirect::to("/tai-khoan?xong=thu-hoi"))
}

/// A date as a browser's date field sends it, or as people type it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let read = |format| NaiveDate::parse_from_str(text, format).ok();
    read("%Y-%m-%d").or_else(|| read("%d/%m/%Y"))
}
