//! `/phan-anh-den/so-lieu`: how good suggestions were, and how many found an answer without sending.

use askama::Template;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use crate::actions;
use crate::pages::premises::Premises;

#[derive(Template)]
#[template(path = "petitions/desk/figures.html")]
struct FiguresPage {
    chrome: Chrome,
    months: Vec<Month>,
    spared: Vec<Spared>,
    n_spared: i64,
}

struct Month {
    label: String,
    n: i64,
    first_bp: i64,
    third_bp: i64,
    wrong_bp: i64,
    n_first: i64,
    n_third: i64,
    n_wrong: i64,
}

struct Spared {
    month: String,
    field: String,
    n: i64,
}

/// `GET /phan-anh-den/so-lieu`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = premises.house();
    let found = actions::routing_figures(&ctx, &house).await?;
    let fields = actions::all_fields(&house).await?;
    let name = |code: &str| match fields.iter().find(|it| it.code == code) {
        Some(field) => field.name.clone(),
        None => "Chưa rõ lĩnh vực".to_owned(),
    };
    let spared = found.spared.iter();
    page(&FiguresPage {
        months: found.months.iter().map(Month::of).collect(),
        n_spared: spared.clone().map(|it| it.2).sum(),
        spared: spared
            .map(|(month, field, n)| Spared { month: label(month), field: name(field), n: *n })
            .collect(),
        chrome,
    })
}

impl Month {
    fn of((month, n, n_first, n_third, n_wrong): &(String, i64, i64, i64, i64)) -> Self {
        let share = |part: i64| part * 10_000 / (*n).max(1);
        Self {
            label: label(month),
            n: *n,
            first_bp: share(*n_first),
            third_bp: share(*n_third),
            wrong_bp: share(*n_wrong),
            n_first: *n_first,
            n_third: *n_third,
            n_wrong: *n_wrong,
        }
    }
}

/// `11/2026` of `2026-11`.
fn label(month: &str) -> String {
    month
        .split_once('-')
        .map_or_else(|| month.to_owned(), |(year, month)| format!("{month}/{year}"))
}
