//! `/ket-qua/chi-so/{code}`: one indicator for everybody, with where its figures come from; no script.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_ui::{AppState, Chrome, Failure, Markup, filters, page};

use super::indicator::{FigureRow, Meaning, chart};
use super::public::{keep, today};
use super::quality::QualityView;
use super::rows::Row;
use crate::actions;

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
    today: NaiveDate,
}

/// `GET /ket-qua/chi-so/{code}`.
pub(super) async fn show(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let today = today(&state);
    let directory = directory.directory();
    let line = actions::public_line(&state.db, today, &code).await?;
    let quality = QualityView::read(&state.db, &line.indicator, &directory).await?;
    let def = &line.indicator.definition;
    let keep = keep(&chrome);
    let drawn = page(&ResultPage {
        row: Row::of(&line, &directory),
        chart: chart(&line).draw(),
        meaning: Meaning::of(def),
        figures: line.figures.iter().rev().map(|it| FigureRow::of(it, def, &directory)).collect(),
        chrome,
        quality,
        today,
    })?;
    Ok(([keep], drawn).into_response())
}
