//! `/so-lieu/{id}`: one figure, its history, and the forms to correct and to appraise it.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, ObservationId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page, words};
use serde::Deserialize;

use super::answer::shown;
use super::indicator::reporter_name;
use super::quality::QualityView;
use super::report::Sent;
use super::rows::{quality_words, steps, unit_name};
use crate::actions;
use crate::model::{Indicator, Observation, write_figure};

/// An appraisal as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Found {
    #[serde(rename = "so")]
    value: String,
    #[serde(rename = "da-kiem")]
    checked: String,
    #[serde(rename = "phien-ban")]
    version: String,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
}

#[derive(Template)]
#[template(path = "indicators/figure.html")]
struct FigurePage {
    chrome: Chrome,
    indicator: Indicator,
    it: Observation,
    unit: String,
    reporter: String,
    appraiser: String,
    /// What the unit says.
    reported: String,
    /// What the appraiser found, or empty.
    appraised: String,
    quality: &'static str,
    statement: QualityView,
    /// When, what, the figure, by whom, and why.
    history: Vec<(String, String, String)>,
    done: &'static str,
    may_correct: bool,
    may_appraise: bool,
    sent: Sent,
    found: Found,
    faults: Faults,
    appraisal_faults: Faults,
    warnings: Vec<String>,
}

/// What a form that was refused brings back.
#[derive(Default)]
struct Again {
    sent: Option<Sent>,
    found: Option<Found>,
    faults: Faults,
    warnings: Vec<String>,
    done: &'static str,
}

impl FigurePage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        steps(&self.indicator.code)
    }

    fn all_faults(&self) -> &Faults {
        if self.faults.is_empty() { &self.appraisal_faults } else { &self.faults }
    }
}

/// `GET /so-lieu/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ObservationId>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match done.vua.as_str() {
        "bao" => "Đã nhận số liệu, chờ thẩm định",
        "dinh-chinh" => "Đã đính chính, số được thẩm định lại",
        "tham-dinh" => "Đã ghi kết quả thẩm định",
        _ => "",
    };
    draw(&ctx, &db, &directory, id, chrome, Again { done, ..Again::default() }).await
}

/// `POST /so-lieu/{id}/dinh-chinh`.
pub(super) async fn correct(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ObservationId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let version = sent.version.parse().unwrap_or(0);
    match actions::correct_figure(&ctx, &db, id, version, &sent.fields()).await {
        Ok(()) => Ok(Redirect::to(&format!("/so-lieu/{id}?vua=dinh-chinh"))),
        Err(err) => {
            let (faults, warnings) = shown(err)?;
            let again = Again { sent: Some(sent), faults, warnings, ..Again::default() };
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, id, chrome, again).await?))
        }
    }
}

/// `POST /so-lieu/{id}/tham-dinh`.
pub(super) async fn appraise(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ObservationId>,
    chrome: Chrome,
    Form(found): Form<Found>,
) -> Result<Redirect, Failure> {
    let version = found.version.parse().unwrap_or(0);
    let done = actions::appraise_figure(&ctx, &db, id, version, &found.value, &found.checked).await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/so-lieu/{id}?vua=tham-dinh"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = Again { found: Some(found), faults, ..Again::default() };
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, id, chrome, again).await?))
        }
    }
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    id: ObservationId,
    chrome: Chrome,
    again: Again,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let (indicator, it, history) = actions::observation(db, id).await?;
    let def = &indicator.definition;
    let history = history
        .into_iter()
        .map(|step| {
            let by = directory
                .agency(step.agency)
                .map_or_else(|| "Nạp từ tệp".to_owned(), |it| it.name.clone());
            let title = format!("{}: {}", step.step.label(), def.written(step.value));
            let why = if step.reason.is_empty() { by } else { format!("{by}. {}", step.reason) };
            (words::datetime(step.at), title, why)
        })
        .collect();
    let number = |it: rust_decimal::Decimal| write_figure(it, crate::model::MOST_DECIMALS);
    let (numerator, denominator) = it.reported.parts.unzip();
    let is_appraisal = again.found.is_some();
    let (faults, appraisal_faults) =
        if is_appraisal { (Faults::none(), again.faults) } else { (again.faults, Faults::none()) };
    page(&FigurePage {
        unit: unit_name(&it.unit, &directory),
        reporter: format!(
            "{}, {}",
            reporter_name(&it, &directory),
            words::datetime(it.reported_at)
        ),
        appraiser: it.appraisal.map_or_else(String::new, |(agency, at)| {
            format!("{}, {}", directory.name(agency), words::datetime(at))
        }),
        reported: def.written(it.reported.value),
        appraised: it.appraised.map(|it| def.written(it)).unwrap_or_default(),
        quality: quality_words(&it),
        statement: QualityView::read(db, &indicator, &directory, None).await?,
        history,
        done: again.done,
        may_correct: actions::may_report(ctx, &indicator, &it.unit).is_ok(),
        may_appraise: actions::may_appraise(ctx, &indicator, &it).is_ok(),
        sent: again.sent.unwrap_or_else(|| Sent {
            value: number(it.reported.value),
            numerator: numerator.map(number).unwrap_or_default(),
            denominator: denominator.map(number).unwrap_or_default(),
            source: it.source.clone(),
            version: it.version.to_string(),
            ..Sent::default()
        }),
        found: again.found.unwrap_or_else(|| Found {
            value: number(it.value()),
            version: it.version.to_string(),
            ..Found::default()
        }),
        faults,
        appraisal_faults,
        warnings: again.warnings,
        chrome,
        indicator,
        it,
    })
}
