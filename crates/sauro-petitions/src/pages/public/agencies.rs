//! `/phan-anh/co-quan`: how agencies answer: on time × satisfied × contested.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use sauro_ui::{Chrome, Failure, filters, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::actions;
use crate::model::{AgencyTally, FEWEST_RATINGS, Tally};
use crate::pages::premises::Premises;

/// Years back that can be looked at.
const YEARS: i32 = 5;

/// An agency, or a period of one.
struct Row {
    href: String,
    name: String,
    it: Tally,
}

#[derive(Template)]
#[template(path = "petitions/public/agencies.html")]
struct AgenciesPage {
    chrome: Chrome,
    year: String,
    years: Vec<String>,
    rows: Vec<Row>,
    next: String,
    is_first: bool,
    fewest: i64,
}

#[derive(Template)]
#[template(path = "petitions/public/agency.html")]
struct AgencyPage {
    chrome: Chrome,
    name: String,
    it: AgencyTally,
    rows: Vec<Row>,
    fewest: i64,
}

/// How the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "nam")]
    year: String,
    #[serde(rename = "sau")]
    after: String,
}

/// `GET /phan-anh/co-quan`.
pub(super) async fn list(
    premises: Premises,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let this_year = premises.anybody().today().year();
    let years: Vec<String> = (0..YEARS).map(|n| (this_year - n).to_string()).collect();
    let year = years.iter().find(|it| **it == asked.year).or(years.first());
    let year = year.cloned().unwrap_or_default();
    let after = after_of(&asked.after);
    let (lines, has_more) = actions::agencies(&premises.house(), &year, after).await?;
    let next = lines.last().filter(|_| has_more).map(|(id, it)| {
        format!("/phan-anh/co-quan?nam={year}&sau={}.{}", it.answered(), id.0.simple())
    });
    let rows = lines.into_iter().filter_map(|(id, it)| {
        let agency = premises.directory.agency(id)?;
        let href = format!("/phan-anh/co-quan/{}", sauro_ui::percent(&agency.code));
        Some(Row { href, name: agency.name.clone(), it })
    });
    let html = page(&AgenciesPage {
        rows: rows.collect(),
        next: next.unwrap_or_default(),
        is_first: after.is_none(),
        fewest: FEWEST_RATINGS,
        years,
        year,
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// `GET /phan-anh/co-quan/{code}`.
pub(super) async fn one(
    premises: Premises,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let found = premises.directory.by_code(&code).filter(|it| !it.is_group);
    let agency = found.ok_or(Failure::NotFound)?;
    let it = actions::agency(&premises.anybody(), &premises.house(), agency.id).await?;
    let rows = it.years.iter().map(|(year, it)| (format!("Năm {year}"), it));
    let months = it.months.iter().map(|(month, it)| match month.split_once('-') {
        Some((year, month)) => (format!("Tháng {month}/{year}"), it),
        None => (month.clone(), it),
    });
    let rows =
        rows.chain(months).map(|(name, it)| Row { href: String::new(), name, it: *it }).collect();
    let html =
        page(&AgencyPage { name: agency.name.clone(), rows, fewest: FEWEST_RATINGS, it, chrome })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// The place in the list written as `{answers}.{id}`.
fn after_of(text: &str) -> Option<(i64, Uuid)> {
    let (n, id) = text.split_once('.')?;
    Some((n.parse().ok()?, id.parse().ok()?))
}
