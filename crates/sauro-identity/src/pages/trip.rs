//! `/dang-nhap/qua/{provider}`: to an identity provider and back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_ui::{Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::cookies;
use super::door::Door;
use super::sign_in::{go_on, no_seat};
use super::words::{local_path, of_trip, query_value};
use crate::IdentityError;
use crate::actions::{self, Arrival, Return, SignIn};
use crate::model::{Errand, TripFault};

/// For whom, and where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `can-bo` for officials; anybody else is a citizen.
    cho: String,
    tiep: String,
}

/// What a provider sends a browser back with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    state: String,
    code: String,
    error: String,
    iss: String,
}

#[derive(Template)]
#[template(path = "identity/trip.html")]
struct TripPage {
    chrome: Chrome,
    faults: Faults,
    title: &'static str,
    words: String,
    code: &'static str,
}

/// Longest path that is gone back to.
const LONGEST: usize = 600;

/// `GET /dang-nhap/qua/{provider}`: a click that changes nothing here.
pub(super) async fn leave(
    door: Door,
    chrome: Chrome,
    Path(provider): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let tiep = local_path(&asked.tiep);
    let errand = match asked.cho.as_str() {
        "can-bo" => Errand::Official,
        _ => Errand::Citizen,
    };
    let then = match (&errand, tiep) {
        (Errand::Citizen, "/") => "/cua-toi",
        (_, tiep) if tiep.len() > LONGEST => "/",
        (_, tiep) => tiep,
    };
    let ctx = door.identity.stranger();
    match actions::set_out(&ctx, &door.identity, &provider, errand, then).await {
        Ok(it) => {
            let lines = cookies::handing_trip(&door.identity, &it.cookie);
            Ok((lines, Redirect::to(&it.address)).into_response())
        }
        Err(err) => failed(&door, chrome, &provider, err),
    }
}

/// `GET /dang-nhap/qua/{provider}/ve`.
pub(super) async fn arrive(
    door: Door,
    chrome: Chrome,
    headers: HeaderMap,
    Path(provider): Path<String>,
    Query(given): Query<Given>,
) -> Result<Response, Failure> {
    let cookie = cookies::trip_of(&headers, &door.identity).unwrap_or_default();
    let citizen_token = cookies::citizen_of(&headers, &door.identity).unwrap_or_default();
    let it = Return {
        provider: &provider,
        state: &given.state,
        code: &given.code,
        error: &given.error,
        issuer: &given.iss,
        cookie: &cookie,
        token: &door.token,
        citizen_token: &citizen_token,
        client: &door.client,
    };
    let mut lines = cookies::taking_trip(&door.identity);
    match actions::come_back(&door.identity.stranger(), &door.identity, it).await {
        Ok(Arrival::Citizen { token, then }) => {
            add(&mut lines, &cookies::handing_citizen(&door.identity, &token));
            Ok((lines, Redirect::to(&then)).into_response())
        }
        Ok(Arrival::Official { answer: SignIn::NoSeat, .. }) => {
            let words = no_seat().of("dang-nhap").to_owned();
            let title = "Chưa đăng nhập được";
            let html = page(&TripPage { chrome, faults: Faults::none(), title, words, code: "" })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, lines, html).into_response())
        }
        Ok(Arrival::Official { answer, then }) => {
            let mut response = go_on(&door, answer, &then);
            add(response.headers_mut(), &lines);
            Ok(response)
        }
        Ok(Arrival::Linked { then }) => Ok((lines, Redirect::to(&then)).into_response()),
        Err(err) => Ok((lines, failed(&door, chrome, &provider, err)?).into_response()),
    }
}

/// Adds cookies beside those that are there.
fn add(to: &mut HeaderMap, lines: &HeaderMap) {
    for line in lines.values() {
        to.append(header::SET_COOKIE, line.clone());
    }
}

/// Says why the trip came to nothing; whatever is no fault of a trip goes on.
pub(super) fn failed(
    door: &Door,
    chrome: Chrome,
    provider: &str,
    err: IdentityError,
) -> Result<Response, Failure> {
    let IdentityError::Trip(fault) = err else { return Err(err.into()) };
    let name = actions::provider_name(&door.identity, provider);
    let (status, code, title, words) = of_trip(fault, &name);
    let html = page(&TripPage { chrome, faults: Faults::none(), title, words, code })?;
    let mut response = (status, html).into_response();
    if fault == TripFault::Away {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    Ok(response)
}

/// Where a button of a provider leads.
pub(super) fn way(provider: &str, cho: &str, tiep: &str) -> String {
    format!("/dang-nhap/qua/{provider}?cho={cho}&tiep={}", query_value(tiep))
}
