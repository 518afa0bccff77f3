//! `/chi-so`: every indicator with its figure, target, trend and the pace it needs.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Right, fold};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::rows::Row;
use crate::actions;
use crate::model::Point;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    #[serde(rename = "tinh-trang")]
    status: String,
}

#[derive(Template)]
#[template(path = "indicators/list.html")]
struct ListPage {
    chrome: Chrome,
    faults: Faults,
    rows: Vec<Row>,
    n_all: usize,
    asked: Asked,
    statuses: Vec<Choice>,
    may_report: bool,
    /// Of the reader's own indicators, how many have all five points, and how many there are.
    own_said: Option<(usize, usize)>,
}

/// `GET /chi-so`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let lines = actions::overview(&ctx, &db).await?;
    let n_all = lines.len();
    let n_said = actions::points_said(&db).await?;
    let words = fold(&asked.q);
    let mut rows: Vec<Row> = lines
        .iter()
        .map(|it| {
            let mut row = Row::of(it, &directory);
            if actions::may_state(&ctx, &it.indicator).is_ok() {
                row.n_said = Some(n_said.get(&it.indicator.id).copied().unwrap_or_default());
            }
            row
        })
        .filter(|it| fold(&format!("{} {} {}", it.code, it.name, it.owner)).contains(&words))
        .filter(|it| asked.status.is_empty() || it.status.0 == asked.status)
        .collect();
    // What has a figure comes first, in the order of the codes.
    rows.sort_by_key(|it| it.value.is_empty());
    let may_report = ctx.may(Right::ReportFigures, ctx.actor.own());
    let statuses = [
        ("over", "Hết kỳ, chưa đạt"),
        ("soon", "Chậm so với đường mục tiêu"),
        ("run", "Đúng tiến độ"),
        ("done", "Đã đạt"),
        ("none", "Chưa đánh giá được"),
    ];
    let statuses = statuses.into_iter().map(|(code, words)| Choice::new(code, words)).collect();
    let own: Vec<usize> = rows.iter().filter_map(|it| it.n_said).collect();
    let n_whole = own.iter().filter(|it| **it == Point::ALL.len()).count();
    let own_said = (!own.is_empty()).then_some((n_whole, own.len()));
    let faults = Faults::none();
    page(&ListPage { chrome, faults, rows, n_all, asked, statuses, may_report, own_said })
}
