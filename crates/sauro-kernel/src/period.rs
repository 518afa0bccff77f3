//! Periods of figures (kỳ báo cáo): week, month, quarter, half a year, nine months, year.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A week of the ISO calendar.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// The first nine months of a year.
    NineMonths,
    /// A year.
    Year,
}

/// One period. Two are the same when kind and first day are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// How long it is.
    pub kind: PeriodKind,
}

impl PeriodKind {
    /// Every kind, short ones first.
    pub const ALL: [Self; 6] =
        [Self::Week, Self::Month, Self::Quarter, Self::Half, Self::NineMonths, Self::Year];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::NineMonths => "nine-months",
            Self::Year => "year",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Week => "tuần",
            Self::Month => "tháng",
            Self::Quarter => "quý",
            Self::Half => "6 tháng",
            Self::NineMonths => "9 tháng",
            Self::Year => "năm",
        }
    }
}

impl Period {
    /// The period of `kind` that `day` falls into; for nine months the one of that year.
    pub fn containing(kind: PeriodKind, day: NaiveDate) -> Self {
        let month = match kind {
            PeriodKind::Week => return Self { kind, start: day.week(Weekday::Mon).first_day() },
            PeriodKind::Month => day.month(),
            PeriodKind::Quarter => (day.month() - 1) / 3 * 3 + 1,
            PeriodKind::Half => (day.month() - 1) / 6 * 6 + 1,
            PeriodKind::NineMonths | PeriodKind::Year => 1,
        };
        Self { kind, start: NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day) }
    }

    /// The period stored as `kind` and `start`; none when no period of that kind begins there.
    pub fn of_start(kind: PeriodKind, start: NaiveDate) -> Option<Self> {
        Some(Self::containing(kind, start)).filter(|it| it.start == start)
    }

    /// The period named `code`: `2026-T40`, `2026-10`, `2026-Q4`, `2026-N6`, `2026-N9`, `2026-N12`, `2026`.
    pub fn parse(code: &str) -> Option<Self> {
        let (year, part) = code.split_once('-').unwrap_or((code, ""));
        let year: i32 = year.parse().ok().filter(|it| (2000..=2100).contains(it))?;
        let number = |text: &str| text.parse::<u32>().ok();
        let month =
            |kind, month| NaiveDate::from_ymd_opt(year, month, 1).map(|start| Self { start, kind });
        let (letter, rest) = part.split_at_checked(1).unwrap_or(("", part));
        let found = match (letter, rest) {
            ("", "") => month(PeriodKind::Year, 1),
            ("T", week) => NaiveDate::from_isoywd_opt(year, number(week)?, Weekday::Mon)
                .map(|start| Self { start, kind: PeriodKind::Week }),
            ("Q", quarter) => {
                let quarter = number(quarter).filter(|it| (1..=4).contains(it))?;
                month(PeriodKind::Quarter, quarter * 3 - 2)
            }
            ("N", "6") => month(PeriodKind::Half, 1),
            ("N", "12") => month(PeriodKind::Half, 7),
            ("N", "9") => month(PeriodKind::NineMonths, 1),
            _ => month(PeriodKind::Month, number(part)?),
        };
        found.filter(|it| it.code() == code)
    }

    /// Its name in addresses and files.
    pub fn code(self) -> String {
        let (year, month) = (self.start.year(), self.start.month());
        match self.kind {
            PeriodKind::Week => {
                let week = self.start.iso_week();
                format!("{}-T{:02}", week.year(), week.week())
            }
            PeriodKind::Month => format!("{year}-{month:02}"),
            PeriodKind::Quarter => format!("{year}-Q{}", month.div_ceil(3)),
            PeriodKind::Half => format!("{year}-N{}", if month <= 6 { 6 } else { 12 }),
            PeriodKind::NineMonths => format!("{year}-N9"),
            PeriodKind::Year => year.to_string(),
        }
    }

    /// Its name on screen.
    pub fn label(self) -> String {
        let (year, month) = (self.start.year(), self.start.month());
        match self.kind {
            PeriodKind::Week => {
                let week = self.start.iso_week();
                format!("Tuần {}/{}", week.week(), week.year())
            }
            PeriodKind::Month => format!("Tháng {month}/{year}"),
            PeriodKind::Quarter => {
                let roman = match month {
                    1..=3 => "I",
                    4..=6 => "II",
                    7..=9 => "III",
                    _ => "IV",
                };
                format!("Quý {roman}/{year}")
            }
            PeriodKind::Half if month <= 6 => format!("6 tháng đầu năm {year}"),
            PeriodKind::Half => format!("6 tháng cuối năm {year}"),
            PeriodKind::NineMonths => format!("9 tháng năm {year}"),
            PeriodKind::Year => format!("Năm {year}"),
        }
    }

    /// The last day.
    pub fn end(self) -> NaiveDate {
        let n_months = match self.kind {
            PeriodKind::Week => {
                return self.start.checked_add_days(Days::new(6)).unwrap_or(self.start);
            }
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::Half => 6,
            PeriodKind::NineMonths => 9,
            PeriodKind::Year => 12,
        };
        let next = self.start.checked_add_months(Months::new(n_months));
        next.and_then(|it| it.pred_opt()).unwrap_or(self.start)
    }

    /// The period of the same kind before this one.
    pub fn previous(self) -> Self {
        let before = self.start.pred_opt().unwrap_or(self.start);
        Self::containing(self.kind, before)
    }

    /// The last `n` periods of `kind` up to the one that `day` falls into, newest first.
    pub fn latest(kind: PeriodKind, day: NaiveDate, n: usize) -> Vec<Self> {
        let newest = Self::containing(kind, day);
        std::iter::successors(Some(newest), |it| Some(it.previous())).take(n).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%F").unwrap()
    }

    #[test]
    fn every_period_has_a_name_that_leads_back_to_it() {
        for (code, label, start, end) in [
            ("2026-T40", "Tuần 40/2026", "2026-09-28", "2026-10-04"),
            ("2026-T53", "Tuần 53/2026", "2026-12-28", "2027-01-03"),
            ("2026-02", "Tháng 2/2026", "2026-02-01", "2026-02-28"),
            ("2026-Q4", "Quý IV/2026", "2026-10-01", "2026-12-31"),
            ("2026-N6", "6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
            ("2026-N12", "6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
            ("2026-N9", "9 tháng năm 2026", "2026-01-01", "2026-09-30"),
            ("2026", "Năm 2026", "2026-01-01", "2026-12-31"),
        ] {
            let period = Period::parse(code).unwrap();
            assert_eq!((period.code().as_str(), &*period.label()), (code, label));
            assert_eq!((period.start, period.end()), (day(start), day(end)), "{code}");
            assert_eq!(Period::of_start(period.kind, period.start), Some(period));
            assert_eq!(Period::containing(period.kind, period.end().min(day(end))), period);
        }
    }

    #[test]
    fn what_names_no_period_is_none() {
        for code in [
            "", "1999", "2026-13", "2026-1", "2026-Q5", "2026-T54", "2026-N7", "26-01", "2026-",
            "x",
        ] {
            assert_eq!(Period::parse(code), None, "{code}");
        }
        assert_eq!(Period::of_start(PeriodKind::Quarter, day("2026-02-01")), None);
    }

    #[test]
    fn the_latest_periods_come_newest_first() {
        let codes: Vec<String> = Period::latest(PeriodKind::Quarter, day("2026-02-10"), 3)
            .into_iter()
            .map(Period::code)
            .collect();
        assert_eq!(codes, ["2026-Q1", "2025-Q4", "2025-Q3"]);
    }
}
