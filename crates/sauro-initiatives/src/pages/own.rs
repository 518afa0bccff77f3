//! `/cua-toi/sang-kien`: what a citizen who signed in has sent.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use sauro_ui::{Chrome, Failure, filters, page};

use super::House;
use crate::actions;
use crate::model::Initiative;

#[derive(Template)]
#[template(path = "initiatives/own.html")]
struct OwnPage {
    chrome: Chrome,
    person: String,
    rows: Vec<Initiative>,
}

/// `GET /cua-toi/sang-kien`.
pub(super) async fn show(house: House, chrome: Chrome) -> Result<Response, Failure> {
    let citizen = match (&house.citizen, house.is_offered) {
        (Some(citizen), _) => citizen,
        (None, true) => {
            let to = "/dang-nhap/nguoi-dan?tiep=/cua-toi/sang-kien";
            return Ok(Redirect::to(to).into_response());
        }
        (None, false) => return Err(Failure::NotFound),
    };
    let rows = actions::own_initiatives(&house.state.db, citizen.id).await?;
    let html = page(&OwnPage { chrome, person: citizen.name.clone(), rows })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], html).into_response())
}
