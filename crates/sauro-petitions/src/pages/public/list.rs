//! `/phan-anh`: the door to petitions, and answered cases.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure, filters, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::actions::{self, Asked, Line};
use crate::model::Field;
use crate::pages::premises::Premises;

/// A case in the list.
struct Row {
    href: String,
    title: String,
    number: String,
    by: String,
    status: (&'static str, &'static str),
    answered_at: i64,
    rating: Option<i64>,
}

#[derive(Template)]
#[template(path = "petitions/public/list.html")]
struct ListPage {
    chrome: Chrome,
    rows: Vec<Row>,
    fields: Vec<Field>,
    field: String,
    next: String,
    is_first: bool,
}

/// How the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "sau")]
    after: String,
}

/// `GET /phan-anh`.
pub(super) async fn show(
    premises: Premises,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let house = premises.house();
    let fields = actions::all_fields(&house).await?;
    let field = fields.iter().find(|it| it.code == wanted.field);
    let field = field.map(|it| it.code.clone()).unwrap_or_default();
    let after = after_of(&wanted.after);
    let asked = Asked { field: field.clone(), after };
    let (lines, has_more) = actions::public_list(&house, &asked).await?;
    let last = lines.last().filter(|_| has_more);
    let next = last.and_then(|it| Some((it.case.answered_at?, it.case.id.0)));
    let next = next.map(|(at, id)| format!("/phan-anh?linh-vuc={field}&sau={at}.{id}"));
    let now = premises.now();
    let html = page(&ListPage {
        rows: lines.iter().map(|it| row(&premises, it, now)).collect(),
        fields,
        field,
        next: next.unwrap_or_default(),
        is_first: after.is_none(),
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// The place in the list written as `{when}.{id}`.
fn after_of(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

fn row(premises: &Premises, it: &Line, now: i64) -> Row {
    let by = it.answer.as_ref().map_or("–", |it| premises.directory.name(it.agency));
    Row {
        href: format!("/phan-anh/{}", it.case.number),
        title: it.case.public_title.clone(),
        number: it.case.number.clone(),
        by: by.to_owned(),
        status: it.case.status(now),
        answered_at: it.case.answered_at.unwrap_or_default(),
        rating: it.case.rating,
    }
}
