//! When a lead is reminded of a deadline, and when its delay is told further up.
//!
//! Steps are counted in working days around the deadline. A step is reached when office hours begin
//! on its day; of several steps reached unseen, only the newest is told.

use chrono::{DateTime, NaiveDate, Utc};
use sauro_kernel::{OPENING_HOUR, WorkingCalendar, at_hour};

/// A step of reminding (nhắc hạn) or escalating (báo cấp trên). The order is that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// 14 working days before the deadline.
    Before14,
    /// 7 working days before it.
    Before7,
    /// 3 working days before it.
    Before3,
    /// The last working day before it.
    Before1,
    /// The first working day after it.
    After1,
    /// 7 working days after it.
    After7,
}

impl Step {
    /// All, in the order of time.
    pub const ALL: [Self; 6] =
        [Self::Before14, Self::Before7, Self::Before3, Self::Before1, Self::After1, Self::After7];

    /// Working days from the deadline; negative before it. This is what is stored.
    pub fn days(self) -> i64 {
        match self {
            Self::Before14 => -14,
            Self::Before7 => -7,
            Self::Before3 => -3,
            Self::Before1 => -1,
            Self::After1 => 1,
            Self::After7 => 7,
        }
    }

    /// The step stored as `days`.
    pub fn of_days(days: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.days() == days)
    }

    /// Its place in the order of time, from 1: a task that has it behind it carries this number.
    pub fn place(self) -> i64 {
        match self {
            Self::Before14 => 1,
            Self::Before7 => 2,
            Self::Before3 => 3,
            Self::Before1 => 4,
            Self::After1 => 5,
            Self::After7 => 6,
        }
    }

    /// True after the deadline: the lead is not reminded, its delay is told further up.
    pub fn is_escalation(self) -> bool {
        self.days() > 0
    }

    /// The day of this step for the deadline `due_on`.
    pub fn day(self, calendar: &WorkingCalendar, due_on: NaiveDate) -> NaiveDate {
        let n = u32::try_from(self.days().unsigned_abs()).unwrap_or(0);
        if self.is_escalation() {
            calendar.add_working_days(due_on, n)
        } else {
            calendar.sub_working_days(due_on, n)
        }
    }

    /// The instant from which on this step can be told for the deadline `due_on`.
    pub fn instant(self, calendar: &WorkingCalendar, due_on: NaiveDate) -> DateTime<Utc> {
        at_hour(self.day(calendar, due_on), OPENING_HOUR)
    }

    /// The latest deadline for which this step is reached on the working day `today`.
    fn reached_until(self, calendar: &WorkingCalendar, today: NaiveDate) -> NaiveDate {
        let n = u32::try_from(self.days().unsigned_abs()).unwrap_or(0);
        if self.is_escalation() {
            let first = calendar.sub_working_days(today, n.saturating_sub(1));
            first.pred_opt().unwrap_or(first)
        } else {
            calendar.add_working_days(today, n)
        }
    }
}

/// The deadlines for which a step is the newest one reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The step.
    pub step: Step,
    /// Deadlines after this day; none bounds it for the last step.
    pub after: Option<NaiveDate>,
    /// Deadlines up to and with this day.
    pub until: NaiveDate,
}

/// The windows of all steps on the working day `today`, nearest deadline last.
pub fn windows(calendar: &WorkingCalendar, today: NaiveDate) -> Vec<Window> {
    let later = Step::ALL.into_iter().skip(1).map(Some).chain([None]);
    let window = |(step, later): (Step, Option<Step>)| Window {
        step,
        after: later.map(|it| it.reached_until(calendar, today)),
        until: step.reached_until(calendar, today),
    };
    Step::ALL.into_iter().zip(later).map(window).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A year with holidays, among them days next to week-ends, and worked Saturdays.
    fn calendar() -> WorkingCalendar {
        let off = ["2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"];
        let off = off.into_iter().chain(["2026-02-20", "2026-04-30", "2026-05-01", "2026-09-02"]);
        WorkingCalendar::new(off.map(day), ["2026-02-28", "2026-05-09"].map(day))
    }

    #[test]
    fn steps_are_counted_in_working_days_around_the_deadline() {
        let calendar = WorkingCalendar::new([day("2026-09-02")], []);
        let days = |due: &str| Step::ALL.map(|it| it.day(&calendar, day(due)).to_string());
        assert_eq!(
            days("2026-09-04"),
            ["2026-08-14", "2026-08-25", "2026-08-31", "2026-09-03", "2026-09-07", "2026-09-15"]
        );
        // A deadline on a Sunday: its last working day is Friday, the first one after it is Monday.
        assert_eq!(days("2026-09-06")[3..5], ["2026-09-04", "2026-09-07"]);
        assert_eq!(
            Step::After1.instant(&calendar, day("2026-09-04")).to_rfc3339(),
            "2026-09-07T01:00:00+00:00"
        );
    }

    #[test]
    fn windows_say_for_every_deadline_the_newest_step_reached() {
        let calendar = calendar();
        for today in day("2026-01-20").iter_days().take(330).filter(|it| calendar.is_working(*it)) {
            let windows = windows(&calendar, today);
            for due in day("2025-12-20").iter_days().take(420) {
                let newest = Step::ALL.into_iter().rev().find(|it| it.day(&calendar, due) <= today);
                let holds = |it: &&Window| due <= it.until && it.after.is_none_or(|day| due > day);
                let found: Vec<Step> = windows.iter().filter(holds).map(|it| it.step).collect();
                assert_eq!(found, Vec::from_iter(newest), "{due} seen on {today}");
            }
        }
    }

    #[test]
    fn steps_keep_their_numbers() {
        let days: BTreeSet<i64> = Step::ALL.into_iter().map(Step::days).collect();
        assert_eq!(days.into_iter().collect::<Vec<_>>(), [-14, -7, -3, -1, 1, 7]);
        for (place, step) in (1..).zip(Step::ALL) {
            assert_eq!((step.place(), Step::of_days(step.days())), (place, Some(step)));
        }
        assert_eq!(Step::of_days(0), None);
    }
}
