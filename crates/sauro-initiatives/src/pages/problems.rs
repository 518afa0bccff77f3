//! `/dat-hang`: the problems that agencies publish, for everybody.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_kernel::Right;
use sauro_ui::{Choice, Chrome, Failure, Faults, filters, page, words};
use serde::Deserialize;

use super::House;
use super::view::Row;
use crate::actions::{self, After, Fit};
use crate::model::{Area, Initiative, Problem, ProblemState};

/// A problem in a list.
pub(super) struct ProblemRow {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) note: String,
    /// When it is wanted or what it has in common, or empty.
    pub(super) time: String,
    pub(super) status: (&'static str, &'static str),
}

impl ProblemRow {
    pub(super) fn of(
        it: &Problem,
        directory: &Directory,
        (href, today): (String, NaiveDate),
    ) -> Self {
        let until = format!("Cần trước ngày {}", words::date(it.text.until));
        Self {
            href,
            number: it.number.clone(),
            title: it.text.title.clone(),
            note: format!("{}. {}", directory.name(it.agency), it.text.area.label()),
            time: if it.is_open() { until } else { String::new() },
            status: it.status(today),
        }
    }

    /// The same as a suggestion: what it has in common with the reader's text.
    pub(super) fn fit(it: &Fit<Problem>, directory: &Directory, today: NaiveDate) -> Self {
        let href = format!("/dat-hang/{}", it.it.number);
        Self { time: common(&it.words), ..Self::of(&it.it, directory, (href, today)) }
    }
}

/// The problems that an initiative answers, and whether it is what solved them.
pub(super) async fn answered(
    house: &House,
    it: &Initiative,
) -> Result<Vec<(bool, ProblemRow)>, Failure> {
    let all = actions::problems_of(&house.state.db, (it.id, it.problem)).await?;
    let row = |problem: &Problem| {
        let is_solved = matches!(problem.state, ProblemState::Solved(by, _) if by == it.id);
        let href = format!("/dat-hang/{}", problem.number);
        (is_solved, ProblemRow::of(problem, &house.directory, (href, house.today())))
    };
    Ok(all.iter().map(row).collect())
}

/// Why something may fit, in the words that both have in common.
fn common(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().take(4).map(|it| format!("“{it}”")).collect();
    format!("Cùng nói về {}", quoted.join(", "))
}

#[derive(Template)]
#[template(path = "initiatives/problems.html")]
struct ListPage {
    chrome: Chrome,
    faults: Faults,
    rows: Vec<ProblemRow>,
    area: String,
    areas: Vec<Choice>,
    next: String,
    /// The reader may publish one.
    may_publish: bool,
}

/// How the list is looked at.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "linh-vuc")]
    area: String,
    #[serde(rename = "sau")]
    after: String,
}

impl Asked {
    /// Where the page begins; what makes no sense is the beginning.
    pub(super) fn after(&self) -> After {
        let (is_open, id) = self.after.split_once('.')?;
        Some((is_open == "1", id.parse().ok()?))
    }
}

/// The address of the page of `path` that begins after `next`, or empty.
pub(super) fn next_page(path: &str, next: After) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    next.map(|(is_open, id)| format!("{path}{sign}sau={}.{id}", u8::from(is_open)))
        .unwrap_or_default()
}

/// `GET /dat-hang`.
pub(super) async fn show(
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let area = Area::of_code(&asked.area);
    let (found, next) = actions::problems(&house.state.db, area, asked.after()).await?;
    let today = house.today();
    let row = |it: &Problem| {
        ProblemRow::of(it, &house.directory, (format!("/dat-hang/{}", it.number), today))
    };
    let path = match area {
        Some(it) => format!("/dat-hang?linh-vuc={}", it.code()),
        None => "/dat-hang".to_owned(),
    };
    let keep = if chrome.is_signed_in() { "private, no-cache" } else { "public, max-age=5" };
    let html = page(&ListPage {
        faults: Faults::none(),
        rows: found.iter().map(row).collect(),
        area: area.map_or("", Area::code).to_owned(),
        areas: Area::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        next: next_page(&path, next),
        may_publish: house.ctx.may(Right::HandleInitiatives, house.ctx.actor.own()),
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, keep)], html).into_response())
}

#[derive(Template)]
#[template(path = "initiatives/problem.html")]
struct ProblemPage {
    chrome: Chrome,
    it: Problem,
    agency: String,
    status: (&'static str, &'static str),
    answers: Vec<Row>,
    fits: Vec<Row>,
    /// The initiative that solved it.
    solver: Option<Row>,
    /// Why it was withdrawn, or empty.
    reason: String,
    /// On which day it was closed, or empty.
    closed_on: String,
    /// The reader may change it.
    is_own: bool,
}

/// `GET /dat-hang/{number}`.
pub(super) async fn one(
    house: House,
    Path(number): Path<String>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let case = actions::problem(&house.state.db, &number).await?;
    let fits = match case.problem.is_open() {
        true => actions::initiatives_like(&house.state.db, &case.problem).await?,
        false => Vec::new(),
    };
    let it = case.problem;
    let (reason, closed_on) = match &it.state {
        ProblemState::Open => (String::new(), String::new()),
        ProblemState::Solved(_, at) => (String::new(), words::date(day(*at))),
        ProblemState::Withdrawn(reason, at) => (reason.clone(), words::date(day(*at))),
    };
    let row = |it: &Initiative| initiative_row(&house, it);
    let fit = |it: &Fit<Initiative>| Row { time: common(&it.words), ..row(&it.it) };
    page(&ProblemPage {
        agency: house.directory.name(it.agency).to_owned(),
        status: it.status(house.today()),
        answers: case.answers.iter().map(row).collect(),
        fits: fits.iter().map(fit).collect(),
        solver: case.solver.as_ref().map(row),
        reason,
        closed_on,
        is_own: house.ctx.may(Right::HandleInitiatives, it.over()),
        it,
        chrome,
    })
}

fn initiative_row(house: &House, it: &Initiative) -> Row {
    let at = format!("/sang-kien/{}", it.code);
    Row::of(it, &house.directory, (at, house.today(), house.terms))
}

/// The day of an instant in Viet Nam.
fn day(at: i64) -> NaiveDate {
    let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&sauro_kernel::VIETNAM).date_naive()
}
