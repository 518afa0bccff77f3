//! Counting tasks so that a change costs what changed, and time passing costs nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sauro_ui::Headline;

use super::{Moment, Stage, StatusFacts};

/// What the board keeps of one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// What the status follows from.
    pub facts: StatusFacts,
    /// Comes back by a rule: judged period by period, outside the shares of dated tasks.
    pub is_recurring: bool,
    /// The lead says it is done.
    pub says_done: bool,
    /// The lead says it is on track.
    pub says_on_track: bool,
}

/// Counts of a set of tasks. Adding and taking away a task are exact opposites.
///
/// Open tasks are kept by due day, so that the counts of overdue and due-soon tasks follow from the
/// moment asked for: no job touches a tally when a day begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    n_recurring: i64,
    n_dated: i64,
    n_reported: i64,
    n_reported_on_time: i64,
    n_verified: i64,
    n_in_use: i64,
    n_done_on_time: i64,
    n_done_late: i64,
    n_waiting_in_time: i64,
    n_not_assessable: i64,
    n_says_done_unverified: i64,
    open_by_due: BTreeMap<NaiveDate, i64>,
    on_track_by_due: BTreeMap<NaiveDate, i64>,
}

/// The counts at one moment. Shares of the headline are of `dated`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All tasks.
    pub total: i64,
    /// Tasks that come back by a rule.
    pub recurring: i64,
    /// Tasks with a last day: the base of every share.
    pub dated: i64,
    /// Reported done by the lead itself.
    pub reported: i64,
    /// Of these, reported at or before the cut-off hour.
    pub on_time: i64,
    /// Every deliverable accepted by the authority.
    pub verified: i64,
    /// Confirmed to be in use.
    pub in_use: i64,
    /// Verified, reported in time.
    pub done_on_time: i64,
    /// Verified, reported late.
    pub done_late: i64,
    /// Not done, deadline ahead (or reported in time and waiting for the verifier).
    pub open_in_time: i64,
    /// Not done, deadline passed.
    pub open_overdue: i64,
    /// Of the tasks not done and in time, those due within the warning days.
    pub due_soon: i64,
    /// Paused or cancelled.
    pub not_assessable: i64,
    /// Green by self, not green by data.
    pub doubted: i64,
    /// Dated tasks whose deadline has passed, or that are done.
    pub due: i64,
}

impl Counts {
    /// The headline: completion never without on time, verified and in use.
    pub fn headline(&self) -> Headline {
        Headline {
            total: self.dated,
            done: self.reported,
            on_time: self.done_on_time,
            verified: self.verified,
            in_use: self.in_use,
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        self.recurring += other.recurring;
        self.dated += other.dated;
        self.reported += other.reported;
        self.on_time += other.on_time;
        self.verified += other.verified;
        self.in_use += other.in_use;
        self.done_on_time += other.done_on_time;
        self.done_late += other.done_late;
        self.open_in_time += other.open_in_time;
        self.open_overdue += other.open_overdue;
        self.due_soon += other.due_soon;
        self.not_assessable += other.not_assessable;
        self.doubted += other.doubted;
        self.due += other.due;
    }
}

impl Counted {
    /// True when the lead calls it green and the data do not: it says done and nobody verified it,
    /// or it says on track and the deadline has passed.
    pub fn is_doubted(&self, moment: Moment) -> bool {
        self.facts.stage.is_open()
            && (self.says_done
                || (self.says_on_track && self.facts.status(moment) == super::Status::Overdue))
    }
}

impl Tally {
    /// Counts `task` in.
    pub fn add(&mut self, task: &Counted) {
        self.shift(task, 1);
    }

    /// Takes `task` out again.
    pub fn remove(&mut self, task: &Counted) {
        self.shift(task, -1);
    }

    /// True when nothing is counted.
    pub fn is_empty(&self) -> bool {
        self.n_dated == 0 && self.n_recurring == 0
    }

    fn shift(&mut self, task: &Counted, n: i64) {
        if task.is_recurring {
            self.n_recurring += n;
            return;
        }
        self.n_dated += n;
        let facts = task.facts;
        let waits_in_time = facts.stage == Stage::Reported && facts.is_reported_in_time();
        match facts.stage {
            Stage::Paused | Stage::Cancelled => {
                self.n_not_assessable += n;
                return;
            }
            Stage::Verified | Stage::InUse => {
                self.n_verified += n;
                if facts.is_reported_in_time() {
                    self.n_done_on_time += n;
                } else {
                    self.n_done_late += n;
                }
            }
            _ if waits_in_time => self.n_waiting_in_time += n,
            _ => move_day(&mut self.open_by_due, facts.due_on, n),
        }
        if facts.stage == Stage::InUse {
            self.n_in_use += n;
        }
        if facts.reported_at.is_some() {
            self.n_reported += n;
            if facts.is_reported_in_time() {
                self.n_reported_on_time += n;
            }
        }
        if facts.stage.is_open() && task.says_done {
            self.n_says_done_unverified += n;
        } else if facts.stage.is_open() && task.says_on_track && !waits_in_time {
            move_day(&mut self.on_track_by_due, facts.due_on, n);
        }
    }

    /// The counts at `moment`. Costs as many steps as there are different due days still open.
    pub fn at(&self, moment: Moment) -> Counts {
        let day = moment.open_day;
        let soon = day.checked_add_days(StatusFacts::DUE_SOON).unwrap_or(day);
        let sum = |days: &BTreeMap<NaiveDate, i64>, until: NaiveDate| -> i64 {
            days.range(..until).map(|(_, n)| n).sum()
        };
        let open: i64 = self.open_by_due.values().sum();
        let open_overdue = sum(&self.open_by_due, day);
        Counts {
            total: self.n_dated + self.n_recurring,
            recurring: self.n_recurring,
            dated: self.n_dated,
            reported: self.n_reported,
            on_time: self.n_reported_on_time,
            verified: self.n_verified,
            in_use: self.n_in_use,
            done_on_time: self.n_done_on_time,
            done_late: self.n_done_late,
            open_in_time: open - open_overdue + self.n_waiting_in_time,
            open_overdue,
            due_soon: self.open_by_due.range(day..=soon).map(|(_, n)| n).sum(),
            not_assessable: self.n_not_assessable,
            doubted: self.n_says_done_unverified + sum(&self.on_track_by_due, day),
            due: self.n_done_on_time + self.n_done_late + open_overdue,
        }
    }
}

/// A day without tasks takes no room.
fn move_day(days: &mut BTreeMap<NaiveDate, i64>, day: NaiveDate, n: i64) {
    let count = days.entry(day).or_insert(0);
    *count += n;
    if *count == 0 {
        days.remove(&day);
    }
}

/// The quantile of the normal distribution for an interval of 90 %.
pub const WILSON_Z: f64 = 1.644_853_626_951_472;

/// The 90 % Wilson score interval of `hits` out of `n`, in basis points (0–10,000).
///
/// Source: E. B. Wilson, "Probable inference", JASA 22 (1927); z = 1.6449.
pub fn wilson_bp(hits: i64, n: i64) -> Option<(i64, i64)> {
    if n <= 0 {
        return None;
    }
    let (hits, n) = (hits.clamp(0, n) as f64, n as f64);
    let (z, share) = (WILSON_Z, hits / n);
    let mid = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let bp = |it: f64| (it / scale * 10_000.0).round().clamp(0.0, 10_000.0) as i64;
    Some((bp(mid - half), bp(mid + half)))
}

/// `part` of `whole` in basis points; `None` of nothing.
pub fn share_bp(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 10_000 + whole / 2) / whole)
}
