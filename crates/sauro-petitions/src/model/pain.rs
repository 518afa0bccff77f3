//! Where it hurts (nơi đang vướng): what came in and what went wrong, week by week.

use chrono::{Datelike, Days, NaiveDate};
use sauro_kernel::AgencyId;
use uuid::Uuid;

/// Weeks that are shown.
pub const WEEKS: usize = 8;

/// What is counted of one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pain {
    /// Cases that came in.
    pub sent: i64,
    /// Answers given after the promised day.
    pub late: i64,
    /// Answers that were contested.
    pub contested: i64,
    /// Cases given back as not ours.
    pub refused: i64,
}

/// For whom it is counted: an agency or the nation, and what stands above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// The agency; [`NATION`] for all.
    pub id: AgencyId,
    /// The scope above; of the nation itself.
    pub parent: AgencyId,
}

/// The nation as a scope.
pub const NATION: AgencyId = AgencyId(Uuid::nil());

/// The Monday on which the week of `day` begins.
pub fn week_of(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).first_day()
}

/// The last [`WEEKS`] weeks up to that of `day`, the oldest first.
pub fn weeks_until(day: NaiveDate) -> Vec<NaiveDate> {
    let last = week_of(day);
    let back = |n: usize| last.checked_sub_days(Days::new(7 * u64::try_from(n).unwrap_or(0)));
    (0..WEEKS).rev().filter_map(back).collect()
}

/// A week as a heading says it: `23/11`.
pub fn week_label(week: NaiveDate) -> String {
    format!("{:02}/{:02}", week.day(), week.month())
}

impl Pain {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            late: self.late + other.late,
            contested: self.contested + other.contested,
            refused: self.refused + other.refused,
        }
    }
}
