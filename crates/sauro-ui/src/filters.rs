//! How dates, times and numbers are written. Rooms say `use sauro_ui::filters;` beside their templates.

use std::borrow::Borrow;

use askama::Values;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(zone) => zone,
    None => panic!("UTC+7 exists"),
};

/// `20/11/2026`.
#[askama::filter_fn]
pub fn date(day: impl Borrow<NaiveDate>, _env: &dyn Values) -> askama::Result<String> {
    Ok(day.borrow().format("%d/%m/%Y").to_string())
}

/// `17:00 ngày 20/11/2026`, in Viet Nam's time.
#[askama::filter_fn]
pub fn datetime(at: impl Borrow<DateTime<Utc>>, _env: &dyn Values) -> askama::Result<String> {
    Ok(at.borrow().with_timezone(&VIETNAM).format("%H:%M %d/%m/%Y").to_string())
}
