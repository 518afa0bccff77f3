use super::{Counts, share_bp, wilson_bp};

/// How many due tasks it takes before a share is shown and ranked.
pub const ENOUGH_DUE: i64 = 5;

/// Where the classes of the map begin, in basis points of the on-time share.
pub const CLASSES_BP: [i64; 4] = [5_000, 6_000, 7_000, 8_000];

/// The share that decides: done on time of due, with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct OnTime {
    /// Verified, reported in time.
    pub hits: i64,
    /// Deadline passed, or done.
    pub due: i64,
    /// The share in basis points.
    pub share_bp: i64,
    /// Lower end of the interval.
    pub low_bp: i64,
    /// Upper end of the interval.
    pub high_bp: i64,
}

/// The ranks that a unit may hold, as far as the intervals tell units apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct RankRange {
    /// The best rank.
    pub best: usize,
    /// The worst rank.
    pub worst: usize,
}

impl OnTime {
    /// The share of `counts`; `None` while too few tasks are due to say anything.
    pub fn of(counts: &Counts) -> Option<Self> {
        if counts.due < ENOUGH_DUE {
            return None;
        }
        let (hits, due) = (counts.done_on_time, counts.due);
        let (low_bp, high_bp) = wilson_bp(hits, due)?;
        Some(Self { hits, due, share_bp: share_bp(hits, due)?, low_bp, high_bp })
    }

    /// The class on the map, 1 to 5.
    pub fn class(&self) -> usize {
        1 + CLASSES_BP.iter().filter(|from| self.share_bp >= **from).count()
    }
}

impl std::fmt::Display for RankRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.best == self.worst {
            write!(f, "{}", self.best)
        } else {
            write!(f, "{}–{}", self.best, self.worst)
        }
    }
}

/// The rank range of each of `all`, in the same order.
///
/// A unit stands behind those whose whole interval lies above its own, and before those whose whole
/// interval lies below. Overlapping intervals do not tell who is better.
pub fn rank_ranges(all: &[OnTime]) -> Vec<RankRange> {
    let range = |it: &OnTime| {
        let n_above = all.iter().filter(|other| other.low_bp > it.high_bp).count();
        let n_below = all.iter().filter(|other| other.high_bp < it.low_bp).count();
        RankRange { best: 1 + n_above, worst: all.len() - n_below }
    };
    all.iter().map(range).collect()
}
