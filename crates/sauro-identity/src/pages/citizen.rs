//! `/dang-nhap/nguoi-dan` and `/cua-toi/tai-khoan`: citizens sign in, see what is kept of them, and leave.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Form, Json};
use sauro_ui::{Chrome, Citizen, Failure, Faults, Visitor, page};
use serde::Deserialize;
use serde_json::json;

use super::cookies;
use super::door::Door;
use super::sign_in::Asked;
use super::trip::way;
use super::words::local_path;
use crate::IdentityError;
use crate::actions;

#[derive(Template)]
#[template(path = "identity/citizen_in.html")]
struct InPage {
    chrome: Chrome,
    faults: Faults,
    /// Name of the provider and where its button leads.
    ways: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "identity/citizen_out.html")]
struct OutPage {
    chrome: Chrome,
    faults: Faults,
    /// Name of the provider and where one signs out there.
    ways: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "identity/citizen.html")]
struct CitizenPage {
    chrome: Chrome,
    faults: Faults,
    it: std::sync::Arc<Citizen>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Erasing {
    chac_chan: String,
}

/// `GET /dang-nhap/nguoi-dan?tiep=`: there is no such page where no provider is.
pub(super) async fn show_in(
    door: Door,
    chrome: Chrome,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    if !visitor.is_offered {
        return Err(Failure::NotFound);
    }
    let tiep = match local_path(&asked.tiep) {
        "/" => "/cua-toi",
        tiep => tiep,
    };
    if visitor.citizen.is_some() {
        return Ok(Redirect::to(tiep).into_response());
    }
    let all = actions::providers_of_citizens(&door.identity);
    let ways = all.into_iter().map(|it| (it.name, way(&it.code, "dan", tiep))).collect();
    Ok(page(&InPage { chrome, faults: Faults::none(), ways })?.into_response())
}

/// `POST /dang-nhap/nguoi-dan/ra`: also when the session has ended meanwhile.
pub(super) async fn leave(door: Door, headers: HeaderMap) -> Result<Response, Failure> {
    let token = cookies::citizen_of(&headers, &door.identity).unwrap_or_default();
    if !token.is_empty() {
        actions::citizen_leaves(&door.identity.stranger(), &door.identity, &token).await?;
    }
    Ok(out(&door))
}

/// `GET /dang-nhap/nguoi-dan/da-ra`: also where a provider sends people back to.
pub(super) async fn show_out(
    door: Door,
    chrome: Chrome,
    visitor: Visitor,
) -> Result<Html<String>, Failure> {
    if !visitor.is_offered {
        return Err(Failure::NotFound);
    }
    let ways = actions::leaving(&door.identity);
    page(&OutPage { chrome, faults: Faults::none(), ways })
}

/// `GET /cua-toi/tai-khoan`.
pub(super) async fn show(chrome: Chrome, visitor: Visitor) -> Result<Response, Failure> {
    match (visitor.is_offered, visitor.citizen) {
        (false, _) => Err(Failure::NotFound),
        (true, None) => Ok(to_sign_in()),
        (true, Some(it)) => {
            Ok(page(&CitizenPage { chrome, faults: Faults::none(), it })?.into_response())
        }
    }
}

/// `GET /cua-toi/tai-khoan/du-lieu.json`: what is kept of the person; what is kept of a case is downloaded there.
pub(super) async fn export(visitor: Visitor) -> Result<Response, Failure> {
    let it = visitor.citizen.ok_or(Failure::NotFound)?;
    let all = json!({
        "name": it.name, "email": it.email, "phone": it.phone, "level": it.level,
    });
    let name = "attachment; filename=\"dinh-danh-cua-toi.json\"";
    let heads = [(header::CONTENT_DISPOSITION, name), (header::CACHE_CONTROL, "no-store")];
    Ok((heads, Json(all)).into_response())
}

/// `POST /cua-toi/tai-khoan/dang-xuat-het`.
pub(super) async fn leave_everywhere(door: Door, visitor: Visitor) -> Result<Response, Failure> {
    let it = visitor.citizen.ok_or(Failure::NotFound)?;
    actions::citizen_leaves_everywhere(&door.identity.stranger(), &door.identity, it.id).await?;
    Ok(out(&door))
}

/// `POST /cua-toi/tai-khoan/xoa`.
pub(super) async fn erase(
    door: Door,
    chrome: Chrome,
    visitor: Visitor,
    Form(fields): Form<Erasing>,
) -> Result<Response, Failure> {
    let it = visitor.citizen.ok_or(Failure::NotFound)?;
    if fields.chac_chan.is_empty() {
        let words = "Đánh dấu xác nhận trước khi xóa, vì xóa rồi không lấy lại được.";
        let faults = Faults::from_iter([("chac-chan", words)]);
        return Err(Failure::Unprocessable(page(&CitizenPage { chrome, faults, it })?));
    }
    match actions::forget_citizen(&door.identity.stranger(), &door.identity, it.id).await {
        // It was forgotten meanwhile: that is what was wanted.
        Ok(()) | Err(IdentityError::NotFound(_)) => Ok(out(&door)),
        Err(err) => Err(err.into()),
    }
}

fn out(door: &Door) -> Response {
    let lines = cookies::taking_citizen(&door.identity);
    (lines, Redirect::to("/dang-nhap/nguoi-dan/da-ra")).into_response()
}

fn to_sign_in() -> Response {
    Redirect::to("/dang-nhap/nguoi-dan?tiep=/cua-toi/tai-khoan").into_response()
}
