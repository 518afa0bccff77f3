//! Last days of periods and years that the text leaves out.

use chrono::{Datelike, Days, Months, NaiveDate};

pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

pub(super) fn last_of_quarter(year: i32, quarter: u32) -> Option<NaiveDate> {
    (1..=4).contains(&quarter).then(|| last_of_month(year, quarter * 3)).flatten()
}

pub(super) fn last_of_year(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 12, 31)
}

/// A day without a year: the first on or after the issue date.
pub(super) fn roll(
    issued: Option<NaiveDate>,
    build: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let issued = issued?;
    let this = build(issued.year());
    match this {
        Some(day) if day >= issued => Some(day),
        _ => build(issued.year() + 1).or(this),
    }
}

/// Sunday of the week `weeks` after the issue date's.
pub(super) fn end_of_week(issued: Option<NaiveDate>, weeks: u64) -> Option<NaiveDate> {
    let issued = issued?;
    let to_sunday = 6 - u64::from(issued.weekday().num_days_from_monday());
    issued.checked_add_days(Days::new(to_sunday + 7 * weeks))
}
