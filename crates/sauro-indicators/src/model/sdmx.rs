//! Periods as statistical programs write them: SDMX reporting periods and ISO 8601 ranges.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Period, PeriodKind};

/// The period as SDMX writes it: `2026-05`, `2026-Q2`, `2026-S1`, `2026-W07`, `2026`, and nine months as
/// a range.
pub fn period_for_program(period: Period) -> String {
    let year = period.start.year();
    match period.kind {
        PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => period.code(),
        PeriodKind::Half => format!("{year}-S{}", if period.start.month() <= 6 { 1 } else { 2 }),
        PeriodKind::Week => {
            let week = period.start.iso_week();
            format!("{}-W{:02}", week.year(), week.week())
        }
        PeriodKind::NineMonths => range_of(period),
    }
}

/// The period as an ISO 8601 range, as ADX writes it: `2026-05-01/P1M`.
pub fn range_of(period: Period) -> String {
    let length = match period.kind {
        PeriodKind::Week => "P7D",
        PeriodKind::Month => "P1M",
        PeriodKind::Quarter => "P3M",
        PeriodKind::Half => "P6M",
        PeriodKind::NineMonths => "P9M",
        PeriodKind::Year => "P1Y",
    };
    format!("{}/{length}", period.start)
}

/// How often, in the words of SDMX's code list of frequencies.
pub fn frequency_of(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Week => "W",
        PeriodKind::Month => "M",
        PeriodKind::Quarter => "Q",
        PeriodKind::Half => "S",
        // No code of its own there.
        PeriodKind::NineMonths => "_O",
        PeriodKind::Year => "A",
    }
}

/// The period that a program wrote as `text`.
pub fn period_of_program(text: &str) -> Option<Period> {
    if let Some((start, length)) = text.split_once('/') {
        let start = NaiveDate::parse_from_str(start, "%F").ok()?;
        let kind = match length {
            "P7D" | "P1W" => PeriodKind::Week,
            "P1M" => PeriodKind::Month,
            "P3M" => PeriodKind::Quarter,
            "P6M" => PeriodKind::Half,
            "P9M" => PeriodKind::NineMonths,
            "P1Y" | "P12M" => PeriodKind::Year,
            _ => return None,
        };
        return Period::of_start(kind, start);
    }
    let (year, part) = text.split_once('-')?;
    let year: i32 = year.parse().ok().filter(|it| (2000..=2100).contains(it))?;
    match part.split_at_checked(1)? {
        ("S", half @ ("1" | "2")) => {
            let month = if half == "1" { 1 } else { 7 };
            Period::of_start(PeriodKind::Half, NaiveDate::from_ymd_opt(year, month, 1)?)
        }
        ("W", week) => {
            let start = NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon)?;
            Period::of_start(PeriodKind::Week, start)
        }
        ("A", "1") => Period::of_start(PeriodKind::Year, NaiveDate::from_ymd_opt(year, 1, 1)?),
        ("M", month) => {
            let start = NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?;
            Period::of_start(PeriodKind::Month, start)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_period_comes_back_from_both_writings() {
        for code in ["2026-05", "2026-Q2", "2026-N6", "2026-N12", "2026-N9", "2026-T07", "2026"] {
            let period = Period::parse(code).unwrap();
            let sdmx = period_for_program(period);
            let back = Period::parse(&sdmx).or_else(|| period_of_program(&sdmx));
            assert_eq!(back, Some(period), "{sdmx}");
            assert_eq!(period_of_program(&range_of(period)), Some(period), "{}", range_of(period));
        }
        for text in
            ["2026-S3", "2026-W60", "2026-05-02/P1M", "2026-05-01/P2M", "x", "1-S1", "2026-"]
        {
            assert_eq!(period_of_program(text), None, "{text}");
        }
    }
}
