//! By when a periodic report is due.
//!
//! The cut-offs suggested are those of Decree 09/2019/NĐ-CP: figures of a month are closed on
//! its 14th, those of longer periods on the 14th of their last month.

use chrono::{Datelike, Days, Months, NaiveDate};
use sauro_kernel::WorkingCalendar;
use serde::{Deserialize, Serialize};

use crate::model::{Period, PeriodKind, UnitLevel};

/// A day that each period has: so many months (of weekly reports: weeks) after its last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayRule {
    /// 0 for the last month (or week) of the period, 1 for the next one.
    pub after: u32,
    /// Day of that month, 31 for its last one; of a week, 1 for Monday.
    pub day: u32,
}

/// By when units report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The day up to which figures count (chốt số liệu). The round opens then.
    pub cut_off: DayRule,
    /// By when communes send.
    pub commune: DayRule,
    /// By when ministries and provinces send.
    pub above: DayRule,
    /// Working days after the last deadline until the round is locked.
    pub lock_after: u32,
}

impl DayRule {
    /// The day of `period`.
    pub fn on(self, period: Period) -> NaiveDate {
        if period.kind == PeriodKind::Week {
            let days = u64::from(self.after * 7 + self.day.clamp(1, 7) - 1);
            return period.start.checked_add_days(Days::new(days)).unwrap_or(period.start);
        }
        let end = period.end();
        let month = end.with_day(1).and_then(|it| it.checked_add_months(Months::new(self.after)));
        let month = month.unwrap_or(end);
        (1..=self.day.clamp(1, 31)).rev().find_map(|it| month.with_day(it)).unwrap_or(month)
    }
}

impl Schedule {
    /// What is usual for `rhythm`.
    pub fn usual(rhythm: PeriodKind) -> Self {
        let (cut_off, commune, above) = match rhythm {
            // From Thursday's figures, Friday, and the Monday after.
            PeriodKind::Week => ((0, 4), (0, 5), (1, 1)),
            _ => ((0, 14), (0, 18), (0, 22)),
        };
        let rule = |(after, day)| DayRule { after, day };
        Self { cut_off: rule(cut_off), commune: rule(commune), above: rule(above), lock_after: 5 }
    }

    /// Up to which day figures of `period` count.
    pub fn cut_off_on(&self, period: Period) -> NaiveDate {
        self.cut_off.on(period)
    }

    /// By when units of `level` send, on a working day.
    pub fn due_on(
        &self,
        level: UnitLevel,
        period: Period,
        calendar: &WorkingCalendar,
    ) -> NaiveDate {
        let rule = if level == UnitLevel::Commune { self.commune } else { self.above };
        calendar.working_on_or_after(rule.on(period))
    }

    /// The last day on which units send without an exception.
    pub fn locks_on(&self, period: Period, calendar: &WorkingCalendar) -> NaiveDate {
        let last = self.due_on(UnitLevel::Commune, period, calendar).max(self.due_on(
            UnitLevel::Province,
            period,
            calendar,
        ));
        calendar.add_working_days(last, self.lock_after)
    }

    /// What is wrong with it for `rhythm`: the field, and how to mend it.
    pub fn problem(&self, rhythm: PeriodKind) -> Option<(&'static str, String)> {
        let (most, unit) = if rhythm == PeriodKind::Week { (7, "tuần") } else { (31, "tháng") };
        for (field, rule) in
            [("chot", self.cut_off), ("han-xa", self.commune), ("han-tren", self.above)]
        {
            if !(1..=most).contains(&rule.day) {
                return Some((field, format!("Ngày trong {unit} phải từ 1 đến {most}.")));
            }
            if rule.after > 2 {
                return Some((field, format!("Muộn nhất là hai {unit} sau kỳ báo cáo.")));
            }
        }
        if self.commune < self.cut_off {
            return Some(("han-xa", "Hạn của cấp xã phải từ ngày chốt số liệu trở đi.".to_owned()));
        }
        if self.above < self.commune {
            let words = "Hạn của bộ, tỉnh phải từ hạn của cấp xã trở đi, để còn ngày tổng hợp.";
            return Some(("han-tren", words.to_owned()));
        }
        (self.lock_after > 60)
            .then(|| ("khoa", "Khóa muộn nhất 60 ngày làm việc sau hạn.".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%F").unwrap()
    }

    fn on(after: u32, day: u32, period: &str) -> String {
        DayRule { after, day }.on(Period::parse(period).unwrap()).to_string()
    }

    #[test]
    fn a_rule_names_a_day_of_every_period() {
        assert_eq!(on(0, 14, "2026-11"), "2026-11-14");
        assert_eq!(on(0, 31, "2026-02"), "2026-02-28");
        assert_eq!(on(1, 31, "2026-01"), "2026-02-28");
        assert_eq!(on(0, 14, "2026-Q4"), "2026-12-14");
        assert_eq!(on(1, 5, "2026"), "2027-01-05");
        assert_eq!(on(0, 14, "2026-N9"), "2026-09-14");
        // Week 48 of 2026 begins on 23 November.
        assert_eq!(on(0, 4, "2026-T48"), "2026-11-26");
        assert_eq!(on(1, 1, "2026-T48"), "2026-11-30");
    }

    #[test]
    fn deadlines_fall_on_working_days_and_the_lock_after_them() {
        let calendar = WorkingCalendar::new([day("2026-11-24")], []);
        let schedule = Schedule::usual(PeriodKind::Month);
        let november = Period::parse("2026-11").unwrap();
        assert_eq!(schedule.cut_off_on(november), day("2026-11-14"));
        // The 22nd is a Sunday.
        let due = schedule.due_on(UnitLevel::Province, november, &calendar);
        assert_eq!(due, day("2026-11-23"));
        assert_eq!(schedule.due_on(UnitLevel::Commune, november, &calendar), day("2026-11-18"));
        assert_eq!(schedule.locks_on(november, &calendar), day("2026-12-01"));
    }

    #[test]
    fn a_schedule_that_runs_backwards_is_refused_in_words() {
        let usual = Schedule::usual(PeriodKind::Month);
        assert_eq!(usual.problem(PeriodKind::Month), None);
        assert_eq!(Schedule::usual(PeriodKind::Week).problem(PeriodKind::Week), None);
        let early = Schedule { commune: DayRule { after: 0, day: 3 }, ..usual };
        assert_eq!(early.problem(PeriodKind::Month).map(|it| it.0), Some("han-xa"));
        let early = Schedule { above: DayRule { after: 0, day: 15 }, ..usual };
        assert_eq!(early.problem(PeriodKind::Month).map(|it| it.0), Some("han-tren"));
        assert_eq!(usual.problem(PeriodKind::Week).map(|it| it.0), Some("chot"));
    }
}
