//! `/quan-tri/lich`: days off and swapped days, for administrators.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use chrono::{Datelike, NaiveDate};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use crate::model::DayOff;
use crate::{DirectoryHandle, actions};

/// Which year is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    nam: String,
}

/// A day to add, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    ngay: String,
    ten: String,
    loai: String,
}

/// A day to take out.
#[derive(Debug, Deserialize)]
pub(super) struct Removal {
    ngay: String,
}

#[derive(Template)]
#[template(path = "directory/calendar.html")]
struct CalendarPage {
    chrome: Chrome,
    faults: Faults,
    fields: Fields,
    kinds: Vec<Choice>,
    days: Vec<DayOff>,
    year: i32,
    years: Vec<i32>,
}

/// `GET /quan-tri/lich?nam=`.
pub(super) async fn show(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    let year = asked.nam.parse().unwrap_or_else(|_| ctx.today().year());
    draw(&ctx, chrome, &db, year, Fields::default(), Faults::none()).await
}

/// `POST /quan-tri/lich`: adds a day, or brings it up to date.
pub(super) async fn add(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Extension(handle): Extension<DirectoryHandle>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, Failure> {
    match DayOff::parse(&fields.ngay, &fields.ten, &fields.loai) {
        Ok(day) => {
            actions::add_day_off(&ctx, &db, &day).await?;
            handle.reload(&ctx, &db).await?;
            Ok(Redirect::to(&format!("/quan-tri/lich?nam={}#ngay-{}", day.day.year(), day.day)))
        }
        Err(found) => {
            let faults = found.into_iter().map(in_words).collect();
            let year = ctx.today().year();
            Err(Failure::Unprocessable(draw(&ctx, chrome, &db, year, fields, faults).await?))
        }
    }
}

/// A fault beside its field.
fn in_words((column, words): (usize, String)) -> (&'static str, String) {
    let (field, label) = match column {
        0 => ("ngay", "Ngày"),
        1 => ("ten", "Tên"),
        _ => return ("loai", "Chọn loại ngày".to_owned()),
    };
    (field, format!("{label}: {words}"))
}

/// `POST /quan-tri/lich/bo`: takes a day out.
pub(super) async fn remove(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(handle): Extension<DirectoryHandle>,
    Form(removal): Form<Removal>,
) -> Result<Redirect, Failure> {
    let day = NaiveDate::parse_from_str(&removal.ngay, "%F").map_err(|_| Failure::NotFound)?;
    if actions::remove_day_off(&ctx, &db, day).await? {
        handle.reload(&ctx, &db).await?;
    }
    Ok(Redirect::to(&format!("/quan-tri/lich?nam={}", day.year())))
}

async fn draw(
    ctx: &Ctx,
    chrome: Chrome,
    db: &Db,
    year: i32,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let all = actions::days_off(ctx, db).await?;
    let mut years: Vec<i32> = all.iter().map(|it| it.day.year()).collect();
    years.push(ctx.today().year());
    years.sort_unstable();
    years.dedup();
    page(&CalendarPage {
        chrome,
        faults,
        fields,
        kinds: DayOff::KINDS.map(|(code, label)| Choice::new(code, label)).to_vec(),
        days: all.into_iter().filter(|it| it.day.year() == year).collect(),
        year,
        years,
    })
}
