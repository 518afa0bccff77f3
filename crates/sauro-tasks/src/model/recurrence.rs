//! The few recurrence rules (RFC 5545) that directives use.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The first day on or after `from` on which `rule` falls; `None` for a rule not understood.
///
/// Understood: `FREQ` DAILY, WEEKLY, MONTHLY, YEARLY with `INTERVAL` (but for days), `BYMONTHDAY`
/// (also negative), `BYDAY` without a number, `BYMONTH`, `UNTIL`. Months of an interval end with the calendar's own
/// quarters and halves; a day that a month lacks is its last day.
pub fn next_due(rule: &str, from: NaiveDate) -> Option<NaiveDate> {
    let rule = Rule::parse(rule)?;
    // Five years cover every rule that falls at all.
    (0..=5 * 366)
        .filter_map(|n| from.checked_add_days(Days::new(n)))
        .find(|day| rule.falls_on(*day))
}

/// A rule taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) freq: String,
    pub(super) interval: u32,
    pub(super) month_days: Vec<i64>,
    pub(super) week_days: Vec<Weekday>,
    pub(super) months: Vec<u32>,
    until: Option<NaiveDate>,
}

impl Rule {
    /// Takes `text` apart; `None` for a rule not understood.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rule = Self { interval: 1, ..Self::default() };
        let text = text.trim();
        for part in
            text.strip_prefix("RRULE:").unwrap_or(text).split(';').filter(|it| !it.is_empty())
        {
            let (key, value) = part.split_once('=')?;
            let values = value.split(',');
            match key {
                "FREQ" => rule.freq = value.to_owned(),
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|n| (1..=12).contains(n))?
                }
                "BYMONTHDAY" => {
                    rule.month_days = values.map(|it| it.parse().ok()).collect::<Option<_>>()?
                }
                "BYMONTH" => {
                    rule.months = values.map(|it| it.parse().ok()).collect::<Option<_>>()?
                }
                "UNTIL" => {
                    let day = value.get(..8)?;
                    rule.until = Some(NaiveDate::parse_from_str(day, "%Y%m%d").ok()?);
                }
                "BYDAY" => rule.week_days = values.map(week_day).collect::<Option<_>>()?,
                _ => {}
            }
        }
        matches!(rule.freq.as_str(), "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY").then_some(rule)
    }

    /// True on the days that the rule names. Weeks and years of an interval are counted from fixed
    /// ones, since a directive does not say from which.
    pub(super) fn falls_on(&self, day: NaiveDate) -> bool {
        if self.until.is_some_and(|until| day > until) {
            return false;
        }
        match self.freq.as_str() {
            "DAILY" => true,
            "WEEKLY" if !self.is_week(day) => false,
            "YEARLY" if !day.year().unsigned_abs().is_multiple_of(self.interval) => false,
            "WEEKLY" if self.week_days.is_empty() => day.weekday() == Weekday::Fri,
            "WEEKLY" => self.week_days.contains(&day.weekday()),
            "MONTHLY" => self.is_month(day, self.interval) && self.is_month_day(day),
            _ => self.is_month(day, 12) && self.is_month_day(day),
        }
    }

    fn is_week(&self, day: NaiveDate) -> bool {
        let monday = day.week(Weekday::Mon).first_day();
        let weeks = (monday - NaiveDate::default()).num_days().div_euclid(7);
        weeks.rem_euclid(i64::from(self.interval)) == 0
    }

    fn is_month(&self, day: NaiveDate, interval: u32) -> bool {
        if self.months.is_empty() {
            day.month().is_multiple_of(interval)
        } else {
            self.months.contains(&day.month())
        }
    }

    fn is_month_day(&self, day: NaiveDate) -> bool {
        if !self.week_days.is_empty() && self.month_days.is_empty() {
            return self.week_days.contains(&day.weekday());
        }
        let last = i64::from(day.num_days_in_month());
        let today = i64::from(day.day());
        if self.month_days.is_empty() {
            return today == last;
        }
        self.month_days
            .iter()
            .any(|n| if *n < 0 { last + 1 + n == today } else { (*n).min(last) == today })
    }
}

fn week_day(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_due_follows_from_the_rule() {
        let next =
            |rule: &str, from: &str| next_due(rule, from.parse().unwrap()).map(|it| it.to_string());
        for (rule, from, expected) in [
            ("FREQ=MONTHLY;BYMONTHDAY=25", "2026-06-25", "2026-06-25"),
            ("FREQ=MONTHLY;BYMONTHDAY=25", "2026-06-26", "2026-07-25"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-02-01", "2026-02-28"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2028-02-01", "2028-02-29"),
            ("FREQ=MONTHLY", "2026-06-01", "2026-06-30"),
            ("FREQ=MONTHLY;INTERVAL=3", "2026-04-01", "2026-06-30"),
            ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "2026-06-16", "2026-12-15"),
            ("FREQ=YEARLY", "2026-06-01", "2026-12-31"),
            ("FREQ=WEEKLY;BYDAY=MO", "2026-06-02", "2026-06-08"),
            ("RRULE:FREQ=DAILY", "2026-06-02", "2026-06-02"),
        ] {
            assert_eq!(next(rule, from).as_deref(), Some(expected), "{rule} from {from}");
        }
        for rule in
            ["", "FREQ=HOURLY", "FREQ=MONTHLY;BYMONTHDAY=x", "FREQ=MONTHLY;INTERVAL=0", "xin chào"]
        {
            assert_eq!(next(rule, "2026-06-01"), None, "{rule}");
        }
        assert_eq!(next("FREQ=MONTHLY;BYMONTHDAY=0", "2026-06-01"), None);
    }
}
