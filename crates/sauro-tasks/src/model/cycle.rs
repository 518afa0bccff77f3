//! Periods of recurring work: which there are, when each begins, and on which day it is due.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use sauro_kernel::WorkingCalendar;

use super::recurrence::Rule;

/// How recurring work (nhiệm vụ định kỳ) comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    rule: Rule,
    rhythm: Rhythm,
}

/// One period (kỳ) of recurring work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its name, such as `2026-T40`, `2026-10`, `2026-Q4`, `2026-N6`, `2026` or `2026-10-25`.
    pub code: String,
    /// The day on which it begins: from then on the work lies open.
    pub opens_on: NaiveDate,
    /// The day that the rule says, whether worked or not.
    pub falls_on: NaiveDate,
    /// The last day allowed: that day, or the first working day after it.
    pub due_on: NaiveDate,
}

/// What a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// A working day.
    Day,
    /// A week of the ISO calendar.
    Week,
    /// A day, several of which fall into one week.
    DayOfWeek,
    /// A month.
    Month,
    /// A day, several of which fall into one month.
    DayOfMonth,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// A year.
    Year,
}

impl Cycle {
    /// The cycle of the rule `text` (RFC 5545); `None` for one not understood.
    pub fn parse(text: &str) -> Option<Self> {
        let rule = Rule::parse(text)?;
        let rhythm = rhythm_of(&rule);
        Some(Self { rule, rhythm })
    }

    /// The first period whose day falls on or after `from`; `None` when there is none any more.
    pub fn next(&self, from: NaiveDate, calendar: &WorkingCalendar) -> Option<Period> {
        // Five years cover every rule that falls at all.
        let days = (0..=5 * 366).filter_map(|n| from.checked_add_days(Days::new(n)));
        let is_day = |day: &NaiveDate| {
            self.rule.falls_on(*day) && (self.rhythm != Rhythm::Day || calendar.is_working(*day))
        };
        let falls_on = days.into_iter().find(is_day)?;
        Some(Period {
            code: self.rhythm.code(falls_on),
            opens_on: self.rhythm.opening(falls_on),
            due_on: calendar.working_on_or_after(falls_on),
            falls_on,
        })
    }
}

fn rhythm_of(rule: &Rule) -> Rhythm {
    match rule.freq.as_str() {
        "DAILY" => Rhythm::Day,
        "WEEKLY" if rule.week_days.len() > 1 => Rhythm::DayOfWeek,
        "WEEKLY" => Rhythm::Week,
        _ if rule.month_days.len() > 1 => Rhythm::DayOfMonth,
        _ if rule.month_days.is_empty() && !rule.week_days.is_empty() => Rhythm::DayOfWeek,
        freq => {
            let interval = if freq == "YEARLY" { 12 } else { rule.interval };
            let mut months = if rule.months.is_empty() {
                (1..=12).filter(|month: &u32| month.is_multiple_of(interval)).collect()
            } else {
                rule.months.clone()
            };
            months.sort_unstable();
            months.dedup();
            let is_every = |step: u32| {
                let pairs = months.iter().zip(months.iter().skip(1));
                months.len() == usize::try_from(12 / step).unwrap_or(0)
                    && pairs.into_iter().all(|(a, b)| b - a == step)
            };
            match months.len() {
                1 => Rhythm::Year,
                2 if is_every(6) => Rhythm::Half,
                4 if is_every(3) => Rhythm::Quarter,
                _ => Rhythm::Month,
            }
        }
    }
}

impl Rhythm {
    fn code(self, day: NaiveDate) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Week => {
                let week = day.iso_week();
                format!("{}-T{:02}", week.year(), week.week())
            }
            Self::Month => format!("{year}-{month:02}"),
            Self::Quarter => format!("{year}-Q{}", month.div_ceil(3)),
            Self::Half => format!("{year}-N{}", if month <= 6 { 6 } else { 12 }),
            Self::Year => format!("{year}"),
            Self::Day | Self::DayOfWeek | Self::DayOfMonth => day.to_string(),
        }
    }

    /// The first day of the period that `day` falls into.
    fn opening(self, day: NaiveDate) -> NaiveDate {
        let month = match self {
            Self::Day => return day,
            Self::Week | Self::DayOfWeek => return day.week(Weekday::Mon).first_day(),
            Self::Month | Self::DayOfMonth => day.month(),
            Self::Quarter => (day.month() - 1) / 3 * 3 + 1,
            Self::Half => (day.month() - 1) / 6 * 6 + 1,
            Self::Year => 1,
        };
        NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
    }
}

/// The period named `code` in words: "Quý IV/2026"; empty for none.
pub fn period_words(code: &str) -> String {
    let Some((year, part)) = code.split_once('-') else {
        return if code.is_empty() { String::new() } else { format!("Năm {code}") };
    };
    let (kind, number) = part.split_at_checked(1).unwrap_or((part, ""));
    match (kind, number) {
        ("T", week) => format!("Tuần {}/{year}", week.trim_start_matches('0')),
        ("Q", "1") => format!("Quý I/{year}"),
        ("Q", "2") => format!("Quý II/{year}"),
        ("Q", "3") => format!("Quý III/{year}"),
        ("Q", _) => format!("Quý IV/{year}"),
        ("N", "6") => format!("6 tháng đầu năm {year}"),
        ("N", _) => format!("6 tháng cuối năm {year}"),
        _ => match part.split_once('-') {
            Some((month, day)) => format!("Ngày {day}/{month}/{year}"),
            None => format!("Tháng {}/{year}", part.trim_start_matches('0')),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_named_after_the_calendar_and_due_on_a_working_day() {
        // 1 January 2027 is a Friday off; 30 April and 1 May 2027 are a Friday and a Saturday off.
        let calendar = WorkingCalendar::new([day("2027-01-01"), day("2027-04-30")], []);
        for (rule, from, code, opens, due) in [
            ("FREQ=WEEKLY;BYDAY=FR", "2026-12-28", "2026-T53", "2026-12-28", "2027-01-04"),
            ("FREQ=WEEKLY", "2026-10-01", "2026-T40", "2026-09-28", "2026-10-02"),
            ("FREQ=MONTHLY;BYMONTHDAY=25", "2026-10-01", "2026-10", "2026-10-01", "2026-10-26"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-04-02", "2027-04", "2027-04-01", "2027-05-03"),
            ("FREQ=MONTHLY;INTERVAL=3", "2026-10-02", "2026-Q4", "2026-10-01", "2026-12-31"),
            (
                "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15",
                "2026-10-01",
                "2026-Q4",
                "2026-10-01",
                "2026-10-15",
            ),
            ("FREQ=MONTHLY;INTERVAL=6", "2026-02-01", "2026-N6", "2026-01-01", "2026-06-30"),
            (
                "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
                "2026-07-01",
                "2026-N12",
                "2026-07-01",
                "2026-12-15",
            ),
            ("FREQ=YEARLY", "2026-02-01", "2026", "2026-01-01", "2026-12-31"),
            (
                "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1",
                "2026-04-01",
                "2026-N12",
                "2026-07-01",
                "2026-09-01",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=10,25",
                "2026-10-11",
                "2026-10-25",
                "2026-10-01",
                "2026-10-26",
            ),
            ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-10-06", "2026-10-08", "2026-10-05", "2026-10-08"),
            ("FREQ=DAILY", "2027-01-01", "2027-01-04", "2027-01-04", "2027-01-04"),
        ] {
            let period = Cycle::parse(rule).unwrap().next(day(from), &calendar).unwrap();
            assert_eq!(
                (period.code.as_str(), period.opens_on, period.due_on),
                (code, day(opens), day(due)),
                "{rule} from {from}"
            );
        }
        assert_eq!(Cycle::parse("FREQ=HOURLY"), None);
        assert_eq!(Cycle::parse(""), None);
        let never = Cycle::parse("FREQ=MONTHLY;BYMONTHDAY=0").unwrap();
        assert_eq!(never.next(day("2026-01-01"), &calendar), None);
        let over = Cycle::parse("FREQ=MONTHLY;UNTIL=20261031T235959Z").unwrap();
        assert_eq!(over.next(day("2026-10-05"), &calendar).unwrap().code, "2026-10");
        assert_eq!(over.next(day("2026-11-01"), &calendar), None);
    }

    #[test]
    fn every_second_week_is_every_second_week_also_over_new_year() {
        let calendar = WorkingCalendar::default();
        let cycle = Cycle::parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").unwrap();
        let mut at = day("2026-01-01");
        let mut days = Vec::new();
        for _ in 0..60 {
            let period = cycle.next(at, &calendar).unwrap();
            days.push(period.falls_on);
            at = period.falls_on + Days::new(1);
        }
        assert!(days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == 14));
    }

    #[test]
    fn every_period_has_words() {
        for (code, words) in [
            ("2026-T05", "Tuần 5/2026"),
            ("2026-10", "Tháng 10/2026"),
            ("2026-Q4", "Quý IV/2026"),
            ("2026-N6", "6 tháng đầu năm 2026"),
            ("2026-N12", "6 tháng cuối năm 2026"),
            ("2026", "Năm 2026"),
            ("2026-10-25", "Ngày 25/10/2026"),
            ("", ""),
        ] {
            assert_eq!(period_words(code), words);
        }
    }
}
