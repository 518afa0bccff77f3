//! `/ket-qua/bao-cao`: the reports that were published, for everybody.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Html;
use chrono::DateTime;
use sauro_directory::DirectoryHandle;
use sauro_kernel::PeriodicReportId;
use sauro_store::Db;
use sauro_ui::{Chrome, Failure, page, words};

use super::shown::unit_name;
use crate::actions::periodic::{PublishedReport, published_report, published_reports};
use crate::model::periodic::{ItemKind, sentences};

#[derive(Template)]
#[template(path = "periodic/published_list.html")]
struct ListPage {
    chrome: Chrome,
    /// Address, title, and when it was published.
    rows: Vec<(String, String, String)>,
}

/// `GET /ket-qua/bao-cao`.
pub(super) async fn list(
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let rows = published_reports(&db).await?.into_iter().map(|(round, form, report)| {
        let unit = unit_name(&report.unit, &directory);
        let title =
            format!("{}, {}, {unit}", form.design.name, round.period.label().to_lowercase());
        (format!("/ket-qua/bao-cao/{}", report.id), title, day(report.published_at))
    });
    page(&ListPage { rows: rows.collect(), chrome })
}

fn day(at: Option<i64>) -> String {
    let at = at.and_then(DateTime::from_timestamp_micros);
    at.map(|it| format!("Công bố {}", words::datetime(it))).unwrap_or_default()
}

/// One part of a published report.
struct Part {
    title: String,
    lines: Vec<String>,
    /// Code, name, figure, and where it comes from.
    figures: Vec<(String, String, String, String)>,
}

#[derive(Template)]
#[template(path = "periodic/published.html")]
struct ReportPage {
    chrome: Chrome,
    form: String,
    period: String,
    unit: String,
    cut_off: String,
    published: String,
    parts: Vec<Part>,
}

/// `GET /ket-qua/bao-cao/{id}`.
pub(super) async fn show(
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<PeriodicReportId>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = published_report(&db, id).await?;
    page(&ReportPage {
        form: it.form.design.name.clone(),
        period: it.round.period.label(),
        unit: unit_name(&it.report.unit, &directory.directory()),
        cut_off: words::date(it.round.cut_off_on),
        published: day(it.report.published_at),
        parts: parts(&it),
        chrome,
    })
}

/// The lines of a section, without their bullets.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(|it| sentences(it).join(" ")).filter(|it| !it.is_empty()).collect()
}

/// The parts that have something in them; lists of tasks have pages of their own.
fn parts(it: &PublishedReport) -> Vec<Part> {
    let of = |item: &crate::model::periodic::Item| {
        let text = it.texts.get(&item.key).map_or("", String::as_str);
        let figure = |code: &String| {
            let (indicator, frozen) = it.figures.iter().find(|it| it.0.code == *code)?;
            let from = match frozen.n {
                0 => "Đơn vị báo".to_owned(),
                n => format!("Gộp từ {} đơn vị", words::number(n)),
            };
            let def = &indicator.definition;
            Some((code.clone(), def.name.clone(), def.written(frozen.value), from))
        };
        Part {
            title: item.title.clone(),
            lines: match item.kind {
                ItemKind::Text(_) => paragraphs(text),
                _ => Vec::new(),
            },
            figures: item.codes().iter().filter_map(figure).collect(),
        }
    };
    let all = it.form.design.items.iter().map(of);
    all.filter(|it| !it.lines.is_empty() || !it.figures.is_empty()).collect()
}
