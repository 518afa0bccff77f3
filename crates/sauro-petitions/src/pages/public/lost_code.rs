//! `/tra-cuu/quen-ma`: the tracking code once more, to the way that its sender left.

use askama::Template;
use axum::extract::Form;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure, Faults, page};
use serde::Deserialize;

use crate::PetitionsError;
use crate::actions;
use crate::model::Ways;
use crate::pages::answer::shown;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/public/lost_code.html")]
struct LostCodePage {
    chrome: Chrome,
    faults: Faults,
    typed: Typed,
    ways: Ways,
    /// It was asked for; whether anything is sent is not told.
    is_asked: bool,
}

/// What is filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    #[serde(rename = "so")]
    number: String,
    #[serde(rename = "lien-lac")]
    contact: String,
    #[serde(rename = "ho-ten")]
    name: String,
}

/// `GET /tra-cuu/quen-ma`.
pub(super) async fn show(premises: Premises, chrome: Chrome) -> Result<Response, Failure> {
    let it = (Typed::default(), Faults::none(), false);
    drawn(chrome, premises.ways, it, StatusCode::OK)
}

/// `POST /tra-cuu/quen-ma`. A case of somebody else, and none at all, are answered alike.
pub(super) async fn ask(
    premises: Premises,
    chrome: Chrome,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    if !premises.ways.is_any() {
        return Err(Failure::NotFound);
    }
    let asked = (typed.number.as_str(), typed.contact.as_str(), typed.name.as_str());
    let (ctx, house) = (premises.anybody(), premises.house());
    match actions::ask_code(&ctx, &house, asked, (premises.ways, &premises.source)).await {
        Ok(()) => {
            drawn(chrome, premises.ways, (Typed::default(), Faults::none(), true), StatusCode::OK)
        }
        Err(PetitionsError::TooOften) => {
            let words = "Đã xin mã nhiều lần từ nơi này. Chờ một giờ rồi thử lại.";
            let it = (typed, Faults::from_iter([("so", words)]), false);
            drawn(chrome, premises.ways, it, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(err) => {
            let it = (typed, shown(err)?, false);
            drawn(chrome, premises.ways, it, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn drawn(
    chrome: Chrome,
    ways: Ways,
    (typed, faults, is_asked): (Typed, Faults, bool),
    status: StatusCode,
) -> Result<Response, Failure> {
    let html = page(&LostCodePage { chrome, faults, typed, ways, is_asked })?;
    Ok((status, [(header::CACHE_CONTROL, "no-store")], html).into_response())
}
