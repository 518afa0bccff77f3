//! `/ket-qua/chi-so/{code}`: one indicator for everybody, with where its figures come from; no script.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_ui::{AppState, Chrome, Failure, Markup, filters, page};

use super::day::{Asked, DayView};
use super::indicator::{FigureRow, Meaning, chart};
use super::public::{keep, today};
use super::quality::QualityView;
use super::rows::Row;
use crate::IndicatorsError;
use crate::actions::{self, Overview};

#[derive(Template)]
#[template(path = "indicators/result.html")]
struct ResultPage {
    chrome: Chrome,
    row: Row,
    chart: Markup,
    meaning: Meaning,
    /// Appraised figures, newest first.
    figures: Vec<FigureRow>,
    quality: QualityView,
    day: DayView,
    /// The day up to which figures are told of.
    until: NaiveDate,
}

/// `GET /ket-qua/chi-so/{code}`.
pub(super) async fn show(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let today = today(&state);
    let directory = directory.directory();
    let mut day = DayView::read(&asked, format!("/ket-qua/chi-so/{code}"), today);
    let line = line(&state, &code, today, &mut day).await?;
    let quality = QualityView::read(&state.db, &line.indicator, &directory, day.day).await?;
    let def = &line.indicator.definition;
    let (status, keep) = (day.status(), keep(&chrome));
    let drawn = page(&ResultPage {
        row: Row::of(&line, &directory),
        chart: chart(&line).draw(),
        meaning: Meaning::of(def),
        figures: line.figures.iter().rev().map(|it| FigureRow::of(it, def, &directory)).collect(),
        until: day.day.map_or(today, |it| it.day()),
        chrome,
        quality,
        day,
    })?;
    Ok((status, [keep], drawn).into_response())
}

/// What everybody may see on the day asked for; the present, with its fault, when that day shows nothing.
async fn line(
    state: &AppState,
    code: &str,
    today: NaiveDate,
    day: &mut DayView,
) -> Result<Overview, Failure> {
    if let Some(past) = day.day {
        match actions::public_line_at(&state.db, code, past).await {
            Err(IndicatorsError::Invalid(faults)) => day.refuse(faults),
            other => return Ok(other?),
        }
    }
    Ok(actions::public_line(&state.db, today, code).await?)
}
