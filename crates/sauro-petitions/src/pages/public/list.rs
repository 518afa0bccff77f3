//! `/phan-anh`: the door to petitions, and answered cases.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_directory::model::{Agency, Directory};
use sauro_ui::{Chrome, Failure, filters, page};
use serde::Deserialize;
use uuid::Uuid;

use super::place::{Place, name_of, place_of};
use crate::actions::{self, Asked, Line};
use crate::model::Field;
use crate::pages::premises::Premises;

/// Characters of a search that count.
const MOST_TYPED: usize = 200;

/// Places looked at when the words name several.
const MOST_PLACES: usize = 4;

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
    /// What was searched for, or empty.
    typed: String,
    /// The place that the words name, with the answered cases there.
    place: String,
    of_place: Vec<Row>,
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
    #[serde(rename = "tim")]
    typed: String,
}

/// `GET /phan-anh`.
pub(super) async fn show(
    premises: Premises,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    if !wanted.typed.trim().is_empty() {
        return found(&premises, wanted.typed.trim(), chrome).await;
    }
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
        typed: String::new(),
        place: String::new(),
        of_place: Vec::new(),
        next: next.unwrap_or_default(),
        is_first: after.is_none(),
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// What was found for the words `typed`; when they name a place, by its old name too, what was answered there.
async fn found(premises: &Premises, typed: &str, chrome: Chrome) -> Result<Response, Failure> {
    let house = premises.house();
    let typed: String = typed.chars().take(MOST_TYPED).collect();
    let lines = actions::search(&house, &typed).await?;
    let (mut of_place, mut places) = (Vec::new(), Vec::new());
    for it in meant(&premises.directory, &typed) {
        let lines = actions::of_place(&house, it.id).await?;
        if !lines.is_empty() {
            places.push(name_of(&premises.directory, it));
            of_place.extend(lines);
        }
    }
    let now = premises.now();
    let is_new = |it: &&Line| lines.iter().all(|one| one.case.id != it.case.id);
    let html = page(&ListPage {
        of_place: of_place.iter().filter(is_new).map(|it| row(premises, it, now)).collect(),
        rows: lines.iter().map(|it| row(premises, it, now)).collect(),
        fields: actions::all_fields(&house).await?,
        field: String::new(),
        place: places.join("; "),
        typed,
        next: String::new(),
        is_first: true,
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// The places that the words name: without marks they may be several.
fn meant<'a>(directory: &'a Directory, typed: &str) -> Vec<&'a Agency> {
    match place_of(directory, typed) {
        Place::One(id) => directory.agency(id).into_iter().collect(),
        Place::Several(all) => {
            all.iter().take(MOST_PLACES).filter_map(|it| directory.by_code(&it.0)).collect()
        }
        Place::None | Place::Unknown => Vec::new(),
    }
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
