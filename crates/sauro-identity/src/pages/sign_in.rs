//! `/dang-nhap`.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Actor;
use sauro_ui::{Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::cookies;
use super::door::Door;
use super::trip::way;
use super::words::{faults, local_path, query_value, refusal};
use crate::actions::{self, Attempt, Sample, SignIn};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) tiep: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Fields {
    dang_nhap: String,
    mat_khau: String,
    tiep: String,
}

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct SignInPage {
    chrome: Chrome,
    faults: Faults,
    login: String,
    tiep: String,
    samples: Vec<Sample>,
    /// Name of the provider and where its button leads.
    ways: Vec<(String, String)>,
}

/// `GET /dang-nhap?tiep=`: whoever is signed in goes on at once.
pub(super) async fn show(
    door: Door,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let tiep = local_path(&asked.tiep).to_owned();
    if chrome.is_signed_in() {
        return Ok(Redirect::to(&tiep).into_response());
    }
    Ok(form(&door, chrome, Faults::none(), String::new(), tiep).await?.into_response())
}

/// `POST /dang-nhap`.
pub(super) async fn submit(
    door: Door,
    chrome: Chrome,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let tiep = local_path(&fields.tiep).to_owned();
    let empty = empty_fields(&fields);
    if !empty.is_empty() {
        let page = form(&door, chrome, empty, fields.dang_nhap, tiep).await?;
        return Err(Failure::Unprocessable(page));
    }
    let attempt =
        Attempt { login: &fields.dang_nhap, password: &fields.mat_khau, client: &door.client };
    let answer = actions::sign_in(&door.identity.stranger(), &door.identity, attempt).await;
    let faults = match answer {
        Ok(SignIn::Refused { retry_after_s, was_checked }) => {
            let words =
                refusal("Tên đăng nhập hoặc mật khẩu không đúng.", retry_after_s, was_checked);
            Faults::from_iter([("dang-nhap", words)])
        }
        Ok(SignIn::NoSeat) => no_seat(),
        Ok(answer) => return Ok(go_on(&door, answer, &tiep)),
        Err(err) => faults(err, "dang-nhap")?,
    };
    let page = form(&door, chrome, faults, fields.dang_nhap, tiep).await?;
    Err(Failure::Unprocessable(page))
}

/// `POST /dang-nhap/mau`: one click in a demonstration.
pub(super) async fn submit_sample(
    door: Door,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let ctx = door.identity.stranger();
    let login = &fields.dang_nhap;
    let answer = actions::sign_in_sample(&ctx, &door.identity, login, &door.client).await?;
    Ok(go_on(&door, answer, local_path(&fields.tiep)))
}

/// `POST /dang-xuat`: also when the session has ended meanwhile.
pub(super) async fn leave(
    door: Door,
    actor: Option<axum::Extension<Actor>>,
) -> Result<(HeaderMap, Redirect), Failure> {
    let ctx = match actor {
        Some(actor) => door.identity.ctx(actor.0),
        None => door.identity.stranger(),
    };
    actions::sign_out(&ctx, &door.identity, &door.token).await?;
    Ok((cookies::taking(&door.identity), Redirect::to("/dang-nhap")))
}

/// The step after `answer`, with its cookies.
pub(super) fn go_on(door: &Door, answer: SignIn, tiep: &str) -> Response {
    let then = query_value(tiep);
    let (ticket, to) = match answer {
        SignIn::In(ticket) => (ticket, tiep.to_owned()),
        SignIn::NeedsTotp(ticket) => (ticket, format!("/dang-nhap/ma?tiep={then}")),
        SignIn::MustChange(ticket) => (ticket, format!("/dang-nhap/mat-khau?tiep={then}")),
        SignIn::Refused { .. } | SignIn::NoSeat => {
            return Redirect::to(&format!("/dang-nhap?tiep={then}")).into_response();
        }
    };
    (cookies::handing(&door.identity, &ticket), Redirect::to(&to)).into_response()
}

/// What somebody without a seat is told.
pub(super) fn no_seat() -> Faults {
    Faults::from_iter([(
        "dang-nhap",
        "Tài khoản chưa được giao chức danh nào còn hiệu lực. Đề nghị người quản trị của đơn vị giao chức danh.",
    )])
}

fn empty_fields(fields: &Fields) -> Faults {
    let mut faults = Faults::none();
    if fields.dang_nhap.trim().is_empty() {
        faults.add("dang-nhap", "Nhập tên đăng nhập.");
    }
    if fields.mat_khau.is_empty() {
        faults.add("mat-khau", "Nhập mật khẩu.");
    }
    faults
}

async fn form(
    door: &Door,
    chrome: Chrome,
    faults: Faults,
    login: String,
    tiep: String,
) -> Result<Html<String>, Failure> {
    let samples = actions::list_samples(&door.identity.stranger(), &door.identity).await?;
    let all = actions::providers_of_officials(&door.identity);
    let ways = all.into_iter().map(|it| (it.name, way(&it.code, "can-bo", &tiep))).collect();
    page(&SignInPage { chrome, faults, login, tiep, samples, ways })
}
