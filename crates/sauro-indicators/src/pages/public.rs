//! `/ket-qua/chi-so`: figures that were appraised, for everybody; no script. The same as CSV and JSON.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_kernel::VIETNAM;
use sauro_store::Db;
use sauro_ui::{AppState, Chrome, Failure, filters, page};
use serde_json::{Value, json};

use super::rows::Row;
use crate::actions::{self, Overview};
use crate::model::{Point, Quality};

#[derive(Template)]
#[template(path = "indicators/results.html")]
struct PublicPage {
    chrome: Chrome,
    rows: Vec<Row>,
    today: NaiveDate,
}

/// Kept by whoever asks for a few seconds, as the other results are.
const KEEP: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=5");

/// How long the page may be kept: its frame says who is signed in.
pub(super) fn keep(chrome: &Chrome) -> (header::HeaderName, &'static str) {
    if chrome.is_signed_in() { (KEEP.0, "private, no-cache") } else { KEEP }
}

/// `GET /ket-qua/chi-so`.
pub(super) async fn show(
    State(state): State<AppState>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let today = today(&state);
    let directory = directory.directory();
    let rows = told(&state.db, today).await?.iter().map(|it| Row::of(it, &directory)).collect();
    let keep = keep(&chrome);
    Ok(([keep], page(&PublicPage { chrome, rows, today })?).into_response())
}

/// `GET /ket-qua/chi-so.csv`.
pub(super) async fn csv(State(state): State<AppState>) -> Result<Response, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = [
        "ma",
        "ten",
        "don_vi_tinh",
        "so",
        "tu_bao",
        "ngay",
        "phep_so",
        "chi_tieu",
        "ky_chi_tieu",
        "nguon",
    ];
    writer.write_record(heading).map_err(Failure::internal)?;
    for it in told(&state.db, today(&state)).await? {
        let newest = it.figures.last();
        let target = it.target.as_ref();
        let text = |it: Option<String>| it.unwrap_or_default();
        let record = [
            it.indicator.code.clone(),
            it.indicator.definition.name.clone(),
            it.indicator.definition.unit.clone(),
            text(newest.map(|it| it.value().to_string())),
            text(newest.map(|it| it.reported.value.to_string())),
            text(newest.map(|it| it.as_of.to_string())),
            text(target.map(|it| it.comparison.code().to_owned())),
            text(target.map(|it| it.value.to_string())),
            text(target.and_then(|it| it.period).map(|it| it.code())),
            text(newest.map(|it| it.source.clone())),
        ];
        writer.write_record(record.map(|it| no_formula(&it))).map_err(Failure::internal)?;
    }
    let bytes = writer.into_inner().map_err(|err| Failure::internal(err.into_error()))?;
    let media = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    Ok(([media, KEEP], bytes).into_response())
}

/// `GET /ket-qua/chi-so.json`.
pub(super) async fn json(State(state): State<AppState>) -> Result<Response, Failure> {
    let lines = told(&state.db, today(&state)).await?;
    let said = actions::statements_said(&state.db).await?;
    let figures: Vec<Value> =
        lines.iter().map(|it| told_json(it, said.get(&it.indicator.id))).collect();
    Ok(([KEEP], axum::Json(json!({ "indicators": figures }))).into_response())
}

fn told_json(it: &Overview, said: Option<&Quality>) -> Value {
    let figures: Vec<Value> = it
        .figures
        .iter()
        .map(|it| {
            json!({
                "period": it.period.code(),
                "as_of": it.as_of,
                "reported": it.reported.value.to_string(),
                "appraised": it.appraised.map(|it| it.to_string()),
                "source": it.source,
            })
        })
        .collect();
    json!({
        "code": it.indicator.code,
        "name": it.indicator.definition.name,
        "unit": it.indicator.definition.unit,
        "figures": figures,
        "quality": quality_json(said),
        "target": it.target.as_ref().map(|it| json!({
            "comparison": it.comparison.code(),
            "value": it.value.to_string(),
            "period": it.period.map(|it| it.code()),
        })),
    })
}

/// The five points; one that nobody has said is null.
fn quality_json(said: Option<&Quality>) -> Value {
    let point = |it: Point| {
        let text = said.map(|said| said.of(it)).filter(|it| !it.is_empty());
        (it.column().to_owned(), json!(text))
    };
    Value::Object(Point::ALL.into_iter().map(point).collect())
}

/// Indicators of which something may be told.
async fn told(db: &Db, today: NaiveDate) -> Result<Vec<Overview>, Failure> {
    let mut lines = actions::public_overview(db, today).await?;
    lines.retain(|it| !it.figures.is_empty());
    Ok(lines)
}

pub(super) fn today(state: &AppState) -> NaiveDate {
    state.clock.now().with_timezone(&VIETNAM).date_naive()
}

/// A cell that a spreadsheet would take for a formula is written as text.
fn no_formula(cell: &str) -> String {
    let is_number = cell.parse::<rust_decimal::Decimal>().is_ok();
    if cell.starts_with(['=', '+', '-', '@']) && !is_number && cell != "=" {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
