//! When things happen: on working days, in office hours, never after the last midnight.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use sauro_kernel::{Dice, VIETNAM, WorkingCalendar};

/// The two years that are made up.
pub(super) struct Time {
    pub(super) calendar: WorkingCalendar,
    pub(super) today: NaiveDate,
}

impl Time {
    /// The first instant of today, in microseconds: what would happen later has not happened.
    pub(super) fn end(&self) -> i64 {
        instant(self.today, 0, 0).timestamp_micros()
    }

    /// The day `n` days from today.
    pub(super) fn day(&self, n: i64) -> NaiveDate {
        moved(self.today, n)
    }

    /// A moment of the first working day on or after `day`, from 9:30 to 16:30.
    pub(super) fn moment(&self, day: NaiveDate, dice: &mut Dice) -> i64 {
        let day = self.calendar.working_on_or_after(day);
        let minute = u32::try_from(dice.between(30, 7 * 60 + 30)).unwrap_or(30);
        let at = instant(day, 9 + minute / 60, minute % 60);
        at.timestamp_micros() + dice.between(0, 59_999_999)
    }
}

/// `day`, `n` days on.
pub(super) fn moved(day: NaiveDate, n: i64) -> NaiveDate {
    let step = Days::new(n.unsigned_abs());
    let moved = if n < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
    moved.unwrap_or(day)
}

/// The day of the instant `at`.
pub(super) fn day_of(at: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).date_naive()
}

fn instant(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let at = VIETNAM.from_local_datetime(&day.and_time(time)).single();
    at.map_or_else(|| day.and_time(time).and_utc(), |at| at.to_utc())
}
