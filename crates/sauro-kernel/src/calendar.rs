//! Working days and the cut-off hour.

use std::collections::BTreeSet;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc, Weekday,
};

use crate::VIETNAM;

/// Which days are worked: Monday to Friday, less days off, plus Saturdays swapped in.
///
/// Source: Labour Code 2019, article 112, and the yearly decisions on swapped days; the days come
/// from the shipped calendar, which an administrator can edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

/// Office hours begin at 08:00.
pub const OPENING_HOUR: u32 = 8;

/// Office hours end at 17:00: what arrives later counts for the next day.
pub const CUT_OFF_HOUR: u32 = 17;

impl WorkingCalendar {
    /// A calendar with days `off` and extra `worked` days.
    pub fn new(
        off: impl IntoIterator<Item = NaiveDate>,
        worked: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        Self { off: off.into_iter().collect(), worked: worked.into_iter().collect() }
    }

    /// True when offices work on `day`.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if self.worked.contains(&day) {
            return true;
        }
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.off.contains(&day)
    }

    /// True on a working day from 08:00 until before 17:00, by Viet Nam's clock.
    pub fn is_office_hour(&self, now: NaiveDateTime) -> bool {
        (OPENING_HOUR..CUT_OFF_HOUR).contains(&now.hour()) && self.is_working(now.date())
    }

    /// The next instant of office hours, by Viet Nam's clock: `now` itself within them.
    pub fn next_office_hour(&self, now: NaiveDateTime) -> NaiveDateTime {
        if self.is_office_hour(now) {
            return now;
        }
        let opening = NaiveTime::from_hms_opt(OPENING_HOUR, 0, 0).unwrap_or_default();
        if now.hour() < OPENING_HOUR && self.is_working(now.date()) {
            return now.date().and_time(opening);
        }
        self.add_working_days(now.date(), 1).and_time(opening)
    }

    /// `day`, or the first working day after it: a last day on a holiday moves on
    /// (Civil Code 2015, article 148).
    pub fn working_on_or_after(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().take(60).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The day that is `n` working days after `day`; the day itself does not count
    /// (Civil Code 2015, article 147).
    pub fn add_working_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let after = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let mut left = n;
        if left == 0 {
            return day;
        }
        for day in after.iter_days() {
            if self.is_working(day) {
                left -= 1;
                if left == 0 {
                    return day;
                }
            }
        }
        day
    }

    /// The day that is `n` working days before `day`; the day itself does not count.
    pub fn sub_working_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let mut left = n;
        let mut found = day;
        while left > 0 {
            let Some(before) = found.pred_opt() else { return found };
            found = before;
            if self.is_working(found) {
                left -= 1;
            }
        }
        found
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let n = from
            .iter_days()
            .skip(1)
            .take_while(|day| *day <= to)
            .filter(|day| self.is_working(*day));
        i64::try_from(n.count()).unwrap_or(i64::MAX)
    }
}

/// The instant of `hour` o'clock in Viet Nam on `day`.
pub fn at_hour(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let at = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    VIETNAM.from_local_datetime(&at).single().map_or_else(|| at.and_utc(), |at| at.to_utc())
}

/// The last instant of the deadline day `due_on`: 17:00 in Viet Nam.
pub fn cut_off(due_on: NaiveDate) -> DateTime<Utc> {
    at_hour(due_on, CUT_OFF_HOUR)
}
