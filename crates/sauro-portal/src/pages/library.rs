//! `/van-ban`: the library of documents.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use sauro_ui::{Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::House;
use super::kept::{of_now, shown};
use super::view::{Paper, query};
use crate::actions::{self, Sought};
use crate::model::{DOCUMENT_FIELDS, DOCUMENT_KINDS, Shelf, marks};

#[derive(Template)]
#[template(path = "portal/library.html")]
struct LibraryPage {
    chrome: Chrome,
    faults: Faults,
    asked: Asked,
    kinds: Vec<Choice>,
    fields: Vec<Choice>,
    papers: Vec<Paper>,
    next: String,
}

/// How the library is looked at.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "so")]
    number: String,
    #[serde(rename = "loai")]
    kind: String,
    #[serde(rename = "noi-ban-hanh")]
    issuer: String,
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "nam")]
    year: String,
    #[serde(rename = "hieu-luc")]
    in_force: String,
    #[serde(rename = "sau")]
    after: String,
}

impl Asked {
    fn is_narrowed(&self) -> bool {
        let all = [&self.number, &self.kind, &self.issuer, &self.field, &self.year, &self.in_force];
        all.iter().any(|it| !it.is_empty())
    }
}

/// `GET /van-ban`.
pub(super) async fn show(
    house: House,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let today = house.ctx.today();
    let sought = Sought {
        number: asked.number.clone(),
        kind: asked.kind.clone(),
        issuer: asked.issuer.clone(),
        field: asked.field.clone(),
        year: asked.year.trim().parse().ok(),
        in_force_on: (asked.in_force == "con").then_some(today),
    };
    let after = asked
        .after
        .split_once('.')
        .and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    let (found, next) = actions::library(&house.state.db, &sought, after).await?;
    let next = next.map(|(day, id)| format!("{day}.{id}")).unwrap_or_default();
    let next = match next.is_empty() {
        true => next,
        false => format!(
            "/van-ban?{}",
            query(&[
                ("so", asked.number.as_str()),
                ("loai", asked.kind.as_str()),
                ("noi-ban-hanh", asked.issuer.as_str()),
                ("linh-vuc", asked.field.as_str()),
                ("nam", asked.year.as_str()),
                ("hieu-luc", asked.in_force.as_str()),
                ("sau", next.as_str()),
            ])
        ),
    };
    let choice = |it: &(&'static str, &'static str)| Choice::new(it.0, it.1);
    let library = LibraryPage {
        chrome,
        faults: Faults::none(),
        kinds: DOCUMENT_KINDS.iter().map(choice).collect(),
        fields: DOCUMENT_FIELDS.iter().map(choice).collect(),
        papers: found.iter().map(|it| Paper::of(it, today)).collect(),
        next,
        asked,
    };
    let html = page(&library)?;
    let depends = of_now(&house.ctx).on(marks::of_shelf(Shelf::Documents));
    Ok(shown(&headers, (&library.chrome, depends), html.0))
}
