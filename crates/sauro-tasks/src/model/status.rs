//! The published formula of the colours. Nobody types a status; it follows from dates and decisions.

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use sauro_kernel::{CUT_OFF_HOUR, VIETNAM, cut_off};

use super::Stage;

/// Where a task stands. The order is that of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Quá hạn: not done, and the cut-off hour of the deadline has passed.
    Overdue,
    /// Sắp đến hạn: not done, at most [`StatusFacts::DUE_SOON`] days left.
    DueSoon,
    /// Trong hạn: not done, deadline ahead; or reported in time and waiting for the verifier.
    InTime,
    /// Hoàn thành quá hạn: verified, reported after the cut-off.
    DoneLate,
    /// Hoàn thành đúng hạn: verified, reported at or before the cut-off.
    DoneOnTime,
    /// Chưa đánh giá được: paused or cancelled.
    NotAssessable,
}

/// An instant seen as a day of deadlines: from 17:00 on, today's deadlines have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The first day whose deadline is still ahead.
    pub open_day: NaiveDate,
}

/// All that the status follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusFacts {
    /// The stage reached.
    pub stage: Stage,
    /// The last day allowed.
    pub due_on: NaiveDate,
    /// When the completing report arrived, in microseconds.
    pub reported_at: Option<i64>,
}

impl Moment {
    /// The moment of the instant `now`.
    pub fn of(now: DateTime<Utc>) -> Self {
        let local = now.with_timezone(&VIETNAM);
        let today = local.date_naive();
        // 17:00:00 itself is still in time.
        let is_past = local.hour() > CUT_OFF_HOUR
            || (local.hour() == CUT_OFF_HOUR && (local.minute(), local.second()) > (0, 0));
        let open_day =
            if is_past { today.checked_add_days(Days::new(1)).unwrap_or(today) } else { today };
        Self { open_day }
    }

    /// The morning of `day`.
    pub fn on(day: NaiveDate) -> Self {
        Self { open_day: day }
    }
}

impl StatusFacts {
    /// How many days before the deadline a task counts as due soon.
    pub const DUE_SOON: Days = Days::new(7);

    /// True when the completing report arrived at or before the cut-off of the deadline.
    pub fn is_reported_in_time(&self) -> bool {
        self.reported_at.is_some_and(|at| at <= cut_off(self.due_on).timestamp_micros())
    }

    /// The status at `moment`.
    pub fn status(&self, moment: Moment) -> Status {
        match self.stage {
            Stage::Paused | Stage::Cancelled => Status::NotAssessable,
            Stage::Verified | Stage::InUse if self.is_reported_in_time() => Status::DoneOnTime,
            Stage::Verified | Stage::InUse => Status::DoneLate,
            // The verifier's time is not the doer's delay.
            Stage::Reported if self.is_reported_in_time() => Status::InTime,
            _ if self.due_on < moment.open_day => Status::Overdue,
            _ if self.due_on <= moment.open_day + Self::DUE_SOON => Status::DueSoon,
            _ => Status::InTime,
        }
    }
}

impl Status {
    /// All, most urgent first.
    pub const ALL: [Self; 6] = [
        Self::Overdue,
        Self::DueSoon,
        Self::InTime,
        Self::DoneLate,
        Self::DoneOnTime,
        Self::NotAssessable,
    ];

    /// The `data-s` word of the visual language.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "over",
            Self::DueSoon => "soon",
            Self::InTime => "run",
            Self::DoneLate => "late",
            Self::DoneOnTime => "done",
            Self::NotAssessable => "none",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Quá hạn",
            Self::DueSoon => "Sắp đến hạn",
            Self::InTime => "Trong hạn",
            Self::DoneLate => "Hoàn thành quá hạn",
            Self::DoneOnTime => "Hoàn thành đúng hạn",
            Self::NotAssessable => "Chưa đánh giá được",
        }
    }
}
