//! How many cases of a place are open and how many were answered.

use chrono::{DateTime, Months, NaiveDate};
use sauro_kernel::VIETNAM;

use super::{Petition, State};

/// Months that can be chosen.
pub const MONTHS: u32 = 12;

/// How many are open, and how many were answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaceCount {
    /// An agency owes the next step, or the sender was asked for more.
    pub open: i64,
    /// There is an answer.
    pub answered: i64,
}

impl PlaceCount {
    /// What `case` adds to its place; nothing once it is merged, because the case it went into counts.
    pub fn of(case: &Petition) -> Self {
        if case.flow.before_merge.is_some() {
            return Self::default();
        }
        match case.flow.state {
            State::Answered | State::Closed => Self { open: 0, answered: 1 },
            _ => Self { open: 1, answered: 0 },
        }
    }

    /// Both together.
    pub fn all(self) -> i64 {
        self.open + self.answered
    }

    /// The other way round.
    pub fn less(self) -> Self {
        Self { open: -self.open, answered: -self.answered }
    }
}

/// The month of the instant `at` as it is stored: `2026-11`.
pub fn month_of(at: i64) -> String {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).format("%Y-%m").to_string()
}

/// The last [`MONTHS`] months up to that of `day`, the newest first.
pub fn months_until(day: NaiveDate) -> Vec<String> {
    let back = |n: u32| day.checked_sub_months(Months::new(n));
    (0..MONTHS).filter_map(back).map(|it| it.format("%Y-%m").to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::{month_of, months_until};

    #[test]
    fn months_are_those_of_viet_nam_the_newest_first() {
        // Half past midnight in Viet Nam on the first of November.
        let at = chrono::DateTime::parse_from_rfc3339("2026-10-31T17:30:00Z").unwrap();
        assert_eq!(month_of(at.timestamp_micros()), "2026-11");
        let months = months_until(chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap());
        assert_eq!(
            (months.len(), months[1].as_str(), months[11].as_str()),
            (12, "2026-02", "2025-04")
        );
    }
}
