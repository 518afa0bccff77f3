//! [`crate::words`] as template filters. Rooms say `use sauro_ui::filters;` beside their templates.

use askama::{Result, Values};

use crate::words::{self, Day, Moment, Number};

/// `20/11/2026`.
#[askama::filter_fn]
pub fn date(day: impl Day, _env: &dyn Values) -> Result<String> {
    Ok(words::date(day))
}

/// `Thứ Sáu, 20/11/2026`.
#[askama::filter_fn]
pub fn long_date(day: impl Day, _env: &dyn Values) -> Result<String> {
    Ok(words::long_date(day))
}

/// `17:00 20/11/2026`, in Viet Nam's time.
#[askama::filter_fn]
pub fn datetime(at: impl Moment, _env: &dyn Values) -> Result<String> {
    Ok(words::datetime(at))
}

/// `17:00`, in Viet Nam's time.
#[askama::filter_fn]
pub fn time(at: impl Moment, _env: &dyn Values) -> Result<String> {
    Ok(words::time(at))
}

/// `1.234` or `1.234,5`.
#[askama::filter_fn]
pub fn number(value: impl Number, _env: &dyn Values) -> Result<String> {
    Ok(words::number(value))
}

/// `37,7%` from 3770 basis points.
#[askama::filter_fn]
pub fn percent_bp(share: impl Number, _env: &dyn Values) -> Result<String> {
    Ok(words::percent_bp(share))
}

/// `1,2 MB`.
#[askama::filter_fn]
pub fn bytes(size: impl Number, _env: &dyn Values) -> Result<String> {
    Ok(words::bytes(size))
}

/// `Còn 3 ngày làm việc`; the count is negative when late.
#[askama::filter_fn]
pub fn working_days(left: impl Number, _env: &dyn Values) -> Result<String> {
    Ok(words::working_days(left))
}
