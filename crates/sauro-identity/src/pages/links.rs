//! `/tai-khoan/dinh-danh/{provider}`: an official links the own account to a person at a provider, and unlinks it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::account::{LoanFields, whole};
use super::cookies;
use super::door::Door;
use super::trip::failed;
use super::words::faults;
use crate::IdentityError;
use crate::actions;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Fields {
    mat_khau_lien_ket: String,
}

#[derive(Template)]
#[template(path = "identity/link.html")]
struct LinkPage {
    chrome: Chrome,
    faults: Faults,
    name: String,
    address: String,
}

/// `POST /tai-khoan/dinh-danh/{provider}`. A form may lead nowhere but to this site (`form-action`), hence the page
/// with the link that leads to the provider.
pub(super) async fn begin(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(provider): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (identity, password) = (&door.identity, &fields.mat_khau_lien_ket);
    match actions::set_out_to_link(&ctx, identity, &door.token, &provider, password).await {
        Ok(it) => {
            let name = actions::provider_name(identity, &provider);
            let address = it.address;
            let html = page(&LinkPage { chrome, faults: Faults::none(), name, address })?;
            Ok((cookies::handing_trip(identity, &it.cookie), html).into_response())
        }
        Err(err @ IdentityError::Trip(_)) => failed(&door, chrome, &provider, err),
        Err(err) => {
            let faults = faults(err, "mat-khau-lien-ket")?;
            let page = whole(&door, ctx, chrome, faults, "", LoanFields::default()).await?;
            Err(Failure::Unprocessable(page))
        }
    }
}

/// `POST /tai-khoan/dinh-danh/{provider}/go`.
pub(super) async fn unlink(
    door: Door,
    Caller(ctx): Caller,
    Path(provider): Path<String>,
) -> Result<Redirect, Failure> {
    actions::unlink(&ctx, &door.identity, &provider).await?;
    Ok(Redirect::to("/tai-khoan?xong=go-lien-ket"))
}
