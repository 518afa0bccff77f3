//! `/sang-kien`: what everybody may know of; and the way from a code to its page.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use sauro_directory::model::{Directory, Level};
use sauro_ui::{Choice, Chrome, Failure, Faults, page, percent};
use serde::Deserialize;

use super::House;
use super::case::found;
use super::view::Row;
use crate::actions::{self, Filter, PAGE};
use crate::model::{Area, Stage};

#[derive(Template)]
#[template(path = "initiatives/list.html")]
struct ListPage {
    chrome: Chrome,
    faults: Faults,
    rows: Vec<Row>,
    asked: Asked,
    stages: Vec<Choice>,
    areas: Vec<Choice>,
    places: Vec<Choice>,
    next: String,
    csv: String,
    json: String,
}

/// How the list is looked at.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "tim")]
    words: String,
    #[serde(rename = "chang")]
    stage: String,
    #[serde(rename = "linh-vuc")]
    area: String,
    #[serde(rename = "noi")]
    place: String,
    #[serde(rename = "sau")]
    before: String,
    #[serde(rename = "ma")]
    code: String,
}

impl Asked {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            stage: self.stage.clone(),
            area: self.area.clone(),
            place: self.place.clone(),
            words: self.words.clone(),
            before: self.before.clone(),
        }
    }

    /// `path` with everything that narrows the list.
    fn link(&self, path: &str, before: &str) -> String {
        let pairs = [
            ("tim", self.words.as_str()),
            ("chang", &self.stage),
            ("linh-vuc", &self.area),
            ("noi", &self.place),
            ("sau", before),
        ];
        let pairs: Vec<String> = pairs
            .iter()
            .filter(|it| !it.1.is_empty())
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }

    fn is_narrowed(&self) -> bool {
        [&self.words, &self.stage, &self.area, &self.place].iter().any(|it| !it.is_empty())
    }
}

/// `GET /sang-kien`.
pub(super) async fn show(
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let mut found = actions::listed(&house.state.db, &asked.filter(), PAGE + 1).await?;
    let has_more = found.len() > usize::from(PAGE);
    found.truncate(usize::from(PAGE));
    let last = found.last().map(|it| it.id.to_string()).unwrap_or_default();
    let today = house.today();
    let row = |it: &crate::model::Initiative| {
        let at = format!("/sang-kien/{}", it.code);
        Row::of(it, &house.directory, (at, today, house.terms))
    };
    let shown = ListPage {
        faults: Faults::none(),
        rows: found.iter().map(row).collect(),
        stages: Stage::ALL
            .into_iter()
            .filter(|it| it.is_listed())
            .map(|it| Choice::new(it.code(), it.label()))
            .collect(),
        areas: Area::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        places: places(&house.directory),
        next: if has_more { asked.link("/sang-kien", &last) } else { String::new() },
        csv: asked.link("/sang-kien.csv", ""),
        json: asked.link("/sang-kien.json", ""),
        chrome,
        asked,
    };
    let keep = if shown.chrome.is_signed_in() { "private, no-cache" } else { "public, max-age=5" };
    Ok(([(header::CACHE_CONTROL, keep)], page(&shown)?).into_response())
}

/// `GET /sang-kien/tra-cuu?ma=…`: to the page of a code, or the page that says there is none.
pub(super) async fn find(house: House, Query(asked): Query<Asked>) -> Result<Redirect, Failure> {
    let case = found(&house, &asked.code).await?;
    Ok(Redirect::to(&format!("/sang-kien/{}", case.initiative.code)))
}

/// The provinces, in the order of the alphabet.
fn places(directory: &Directory) -> Vec<Choice> {
    let mut all: Vec<(Vec<u8>, Choice)> = directory
        .all()
        .iter()
        .filter(|it| it.level == Level::Province && it.kind == "province_pc")
        .filter_map(|it| {
            let name = directory.atlas().place(it.place.as_deref()?)?.names.last()?;
            Some((
                sauro_kernel::sort_key(&name.name),
                Choice::new(it.place.as_deref()?, &name.name),
            ))
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().map(|it| it.1).collect()
}
