//! Opinions: sent by anybody, read by the agency that asked.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::PortalItemId;
use sauro_ui::{Caller, Chrome, Failure, Source, page, words};
use serde::Deserialize;
use uuid::Uuid;

use super::House;
use super::answer::shown;
use super::item;
use crate::actions::{self, Found, OpinionFields};
use crate::model::Opinion;

/// `POST /lay-y-kien/{slug}`.
pub(super) async fn send(
    house: House,
    Path(slug): Path<String>,
    source: Option<Extension<Source>>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let text =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let fields =
        OpinionFields { stance: text("y-kien"), giver: text("doi-tuong"), body: text("noi-dung") };
    let key: Uuid = text("khoa").parse().unwrap_or_else(|_| house.ctx.ids.fresh());
    let source = source.map(|it| it.0.0).unwrap_or_default();
    let answer = actions::opine(&house.ctx, &house.state.db, (&slug, key, &source), &fields).await;
    let path = format!("/lay-y-kien/{slug}");
    let found = actions::read_public(&house.state.db, &slug, &path).await;
    let Ok(Found::Page(it)) = found else { return Err(Failure::NotFound) };
    let drawn = item::of(&house, *it, chrome).await?;
    match answer {
        Ok(_) => Ok(drawn.thanked().html()?.into_response()),
        Err(err) => {
            let faults = shown(err)?;
            Err(Failure::Unprocessable(drawn.with_form(fields, key, faults).html()?))
        }
    }
}

#[derive(Template)]
#[template(path = "portal/opinions.html")]
struct OpinionsPage {
    chrome: Chrome,
    id: PortalItemId,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    at: String,
    stance: &'static str,
    giver: String,
    body: String,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "truoc")]
    before: String,
}

/// `GET /bien-tap/{id}/y-kien`.
pub(super) async fn opinions(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let before = asked.before.parse().ok();
    let found = actions::opinions(&ctx, &house.state.db, (id, before)).await?;
    let next = found.last().filter(|_| found.len() >= 50);
    let next = next.map(|it| format!("/bien-tap/{id}/y-kien?truoc={}", it.id));
    let row = |it: &Opinion| Row {
        at: words::datetime(it.at),
        stance: it.stance.label(),
        giver: it.giver.clone(),
        body: it.body.clone(),
    };
    let rows = found.iter().map(row).collect();
    page(&OpinionsPage { chrome, id, rows, next: next.unwrap_or_default() })
}
