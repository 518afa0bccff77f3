//! What the test itself knows of a task, kept apart from the program, and the published formula
//! written a second time.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sauro_kernel::{AgencyId, AgencyPath, TaskId, VIETNAM};

/// Where a task stands, as the one who made it happen knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Open,
    Reported,
    Verified,
    InUse,
    Paused,
    Cancelled,
}

/// What its lead says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    OnTrack,
    Done,
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: TaskId,
    pub(super) lead: AgencyId,
    pub(super) lead_path: AgencyPath,
    /// The province that the lead belongs to.
    pub(super) province: String,
    pub(super) due_on: NaiveDate,
    /// When that deadline was set.
    pub(super) due_since: DateTime<Utc>,
    pub(super) at: At,
    pub(super) reported: Option<DateTime<Utc>>,
    pub(super) says: Says,
}

/// The figures of the pages, by their names in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    pub(super) dated: i64,
    pub(super) reported: i64,
    pub(super) on_time: i64,
    pub(super) verified: i64,
    pub(super) in_use: i64,
    pub(super) done_late: i64,
    pub(super) open_in_time: i64,
    pub(super) open_overdue: i64,
    pub(super) due_soon: i64,
    pub(super) not_assessable: i64,
    pub(super) doubted: i64,
}

/// 17:00 in Ha Noi.
fn five_o_clock(day: NaiveDate) -> DateTime<Utc> {
    let at = day.and_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap());
    at.and_local_timezone(VIETNAM).unwrap().to_utc()
}

impl Known {
    fn was_in_time(&self) -> bool {
        self.reported.is_some_and(|at| at <= five_o_clock(self.due_on))
    }

    fn is_done(&self) -> bool {
        matches!(self.at, At::Verified | At::InUse)
    }

    fn is_owed(&self) -> bool {
        matches!(self.at, At::Open | At::Reported)
    }

    /// Not done, not reported in time, and 17:00 of the last day is over.
    pub(super) fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        let waits = self.at == At::Reported && self.was_in_time();
        self.is_owed() && !waits && now > five_o_clock(self.due_on)
    }

    fn is_due_soon(&self, now: DateTime<Utc>) -> bool {
        let waits = self.at == At::Reported && self.was_in_time();
        let local = now.with_timezone(&VIETNAM).naive_local();
        // After 17:00 a day of deadlines is over.
        let is_after = local.time() > NaiveTime::from_hms_opt(17, 0, 0).unwrap();
        let today = local.date() + Days::new(u64::from(is_after));
        self.is_owed() && !waits && !self.is_overdue(now) && self.due_on <= today + Days::new(7)
    }

    fn is_doubted(&self, now: DateTime<Utc>) -> bool {
        let is_bright = match self.says {
            Says::Nothing => false,
            Says::OnTrack => self.is_overdue(now),
            Says::Done => true,
        };
        self.is_owed() && is_bright
    }
}

impl Sums {
    /// Counts `all` at `now`, one by one.
    pub(super) fn of<'a>(all: impl IntoIterator<Item = &'a Known>, now: DateTime<Utc>) -> Self {
        let mut sums = Self::default();
        for it in all {
            let is_live = !matches!(it.at, At::Paused | At::Cancelled);
            sums.dated += 1;
            sums.reported += i64::from(is_live && it.reported.is_some());
            sums.on_time += i64::from(it.is_done() && it.was_in_time());
            sums.done_late += i64::from(it.is_done() && !it.was_in_time());
            sums.verified += i64::from(it.is_done());
            sums.in_use += i64::from(it.at == At::InUse);
            sums.open_overdue += i64::from(it.is_overdue(now));
            sums.open_in_time += i64::from(it.is_owed() && !it.is_overdue(now));
            sums.due_soon += i64::from(it.is_due_soon(now));
            sums.not_assessable += i64::from(!is_live);
            sums.doubted += i64::from(it.is_doubted(now));
        }
        sums
    }
}
