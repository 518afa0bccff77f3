//! `/chi-so/xuat`: the figures of one period as files for other programs.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use crate::actions;
use crate::model::{Interchange, Period};

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    ky: String,
    dang: String,
    #[serde(rename = "chi-so")]
    code: String,
}

#[derive(Template)]
#[template(path = "indicators/export.html")]
struct ExportPage {
    chrome: Chrome,
    asked: Asked,
    periods: Vec<Choice>,
    forms: Vec<Choice>,
    faults: Faults,
}

/// `GET /chi-so/xuat`: the form, and the file once a period is chosen.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Query(mut asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let mut faults = Faults::none();
    let is_asked = !asked.ky.is_empty();
    let period = Period::parse(asked.ky.trim());
    let form = Interchange::of_code(&asked.dang);
    if is_asked && period.is_none() {
        faults.add("ky", "Chọn một kỳ trong danh sách.");
    }
    if is_asked && form.is_none() {
        faults.add("dang", "Chọn dạng tệp: CSV, SDMX-CSV hoặc ADX.");
    }
    if let (Some(period), Some(form)) = (period, form) {
        match actions::export_figures(&ctx, &db, period, asked.code.trim()).await {
            Ok(figures) => return Ok(file(form, period, form.write(&figures))),
            Err(err) => faults = shown(err)?.0,
        }
    }
    let periods = actions::export_periods(&db, ctx.today()).await?;
    if !is_asked {
        let last = periods.iter().find(|it| it.end() < ctx.today());
        asked.ky = last.map(|it| it.code()).unwrap_or_default();
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let forms = Interchange::ALL.map(|it| Choice::new(it.code(), it.label()));
    let drawn = page(&ExportPage {
        chrome,
        asked,
        periods: periods.into_iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        forms: forms.into(),
        faults,
    })?;
    Ok((status, drawn).into_response())
}

fn file(form: Interchange, period: Period, text: String) -> Response {
    let (media, end) = form.media();
    let name = format!("attachment; filename=\"so-lieu-{}.{end}\"", period.code());
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, text).into_response()
}
