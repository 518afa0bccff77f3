//! `/chi-so/{code}/bao-so`: a unit reports its figure.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use super::rows::{open_periods, steps};
use crate::actions::{self, FigureFields};
use crate::model::{Indicator, Unit};

/// A figure as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "don-vi")]
    pub(super) unit: String,
    #[serde(rename = "ky")]
    pub(super) period: String,
    #[serde(rename = "so")]
    pub(super) value: String,
    #[serde(rename = "tu-so")]
    pub(super) numerator: String,
    #[serde(rename = "mau-so")]
    pub(super) denominator: String,
    #[serde(rename = "nguon")]
    pub(super) source: String,
    #[serde(rename = "ghi-chu")]
    pub(super) remark: String,
    #[serde(rename = "xac-nhan")]
    pub(super) confirmed: String,
    #[serde(rename = "phien-ban")]
    pub(super) version: String,
}

impl Sent {
    pub(super) fn fields(&self) -> FigureFields {
        FigureFields {
            period: self.period.clone(),
            value: self.value.clone(),
            numerator: self.numerator.clone(),
            denominator: self.denominator.clone(),
            source: self.source.clone(),
            remark: self.remark.clone(),
            is_confirmed: !self.confirmed.is_empty(),
        }
    }
}

#[derive(Template)]
#[template(path = "indicators/report.html")]
struct ReportPage {
    chrome: Chrome,
    indicator: Indicator,
    units: Vec<Choice>,
    periods: Vec<Choice>,
    sent: Sent,
    faults: Faults,
    warnings: Vec<String>,
}

impl ReportPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        steps(&self.indicator.code)
    }
}

/// `GET /chi-so/{code}/bao-so`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    Query(mut sent): Query<Sent>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (indicator, units) = open(&ctx, &db, &directory, &code).await?;
    if sent.period.is_empty() {
        // Of the period that runs there is seldom a figure yet.
        let before = open_periods(&indicator.definition, ctx.today()).into_iter().nth(1);
        sent.period = before.map(|it| it.code()).unwrap_or_default();
    }
    draw(&ctx, chrome, indicator, &units, sent, Faults::none(), Vec::new())
}

/// `POST /chi-so/{code}/bao-so`.
pub(super) async fn send(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let (indicator, units) = open(&ctx, &db, &directory, &code).await?;
    let chosen = units.iter().find(|it| it.code == sent.unit).or(units.first());
    let Some(unit) = chosen else { return Err(Failure::NotFound) };
    match actions::report_figure(&ctx, &db, &code, unit, &sent.fields()).await {
        Ok(id) => Ok(Redirect::to(&format!("/so-lieu/{id}?vua=bao"))),
        Err(err) => {
            let (faults, warnings) = shown(err)?;
            let drawn = draw(&ctx, chrome, indicator, &units, sent, faults, warnings)?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

/// The indicator and the units that the caller reports; not theirs is not there.
async fn open(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    code: &str,
) -> Result<(Indicator, Vec<Unit>), Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let indicator = actions::indicator_by_code(db, code).await?;
    let units = actions::reported_units(ctx, &directory.directory(), &indicator);
    if units.is_empty() { Err(Failure::NotFound) } else { Ok((indicator, units)) }
}

fn draw(
    ctx: &Ctx,
    chrome: Chrome,
    indicator: Indicator,
    units: &[Unit],
    sent: Sent,
    faults: Faults,
    warnings: Vec<String>,
) -> Result<Html<String>, Failure> {
    let periods = open_periods(&indicator.definition, ctx.today());
    page(&ReportPage {
        units: units.iter().map(|it| Choice::new(&it.code, it.name.clone())).collect(),
        periods: periods.into_iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        chrome,
        indicator,
        sent,
        faults,
        warnings,
    })
}
