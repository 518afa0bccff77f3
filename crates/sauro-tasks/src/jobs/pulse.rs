use std::collections::{BTreeSet, VecDeque};
use std::sync::{PoisonError, RwLock};

use sauro_kernel::{AgencyId, AgencyPath};
use tokio::sync::watch;

/// Changes remembered to tell whom they concern; who asks about older ones is told to look.
const REMEMBERED: usize = 256;
/// Most tasks of one change that are told apart. A larger one concerns everybody.
const TOLD_APART: usize = 500;

/// Tells whoever listens that tasks have changed. One value for all listeners: one who is slow finds
/// the newest when it comes, and nothing is kept for it meanwhile.
pub(super) struct Pulse {
    beat: watch::Sender<Beat>,
    recent: RwLock<VecDeque<Change>>,
}

/// What listeners watch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beat {
    /// Position of the last entry that changed a task or a programme.
    pub changed_at: i64,
    /// The process is about to end.
    pub is_closing: bool,
}

/// Whom the changes between two positions concern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Concern {
    /// The agency asked about leads, issued or verifies one of the tasks.
    pub mine: bool,
    /// One of the tasks is led in the scope asked about.
    pub scope: bool,
}

/// The tasks of one step: whose they are, and where they are led.
pub(super) struct Change {
    pub(super) changed_at: i64,
    pub(super) agencies: BTreeSet<AgencyId>,
    pub(super) paths: BTreeSet<AgencyPath>,
    pub(super) is_for_all: bool,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { beat: watch::Sender::new(Beat::default()), recent: RwLock::default() }
    }
}

impl Change {
    /// A change of `n` tasks at `changed_at`, of which nothing is known yet.
    pub(super) fn of(changed_at: i64, n: usize) -> Self {
        Self {
            changed_at,
            agencies: BTreeSet::new(),
            paths: BTreeSet::new(),
            is_for_all: n == 0 || n > TOLD_APART,
        }
    }

    /// True when it is worth asking whose the tasks are.
    pub(super) fn is_told_apart(&self) -> bool {
        !self.is_for_all
    }
}

impl Pulse {
    /// Where the board begins.
    pub(super) fn start(&self, changed_at: i64) {
        self.beat.send_modify(|beat| beat.changed_at = changed_at);
    }

    pub(super) fn tell(&self, change: Change) {
        let changed_at = change.changed_at;
        let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
        if recent.len() == REMEMBERED {
            recent.pop_front();
        }
        recent.push_back(change);
        drop(recent);
        self.beat.send_modify(|beat| beat.changed_at = changed_at);
    }

    pub(super) fn close(&self) {
        self.beat.send_modify(|beat| beat.is_closing = true);
    }

    pub(super) fn listen(&self) -> watch::Receiver<Beat> {
        self.beat.subscribe()
    }

    /// Whom the changes after `after` concern: `agency`, and the `scope` that it oversees.
    pub(super) fn concern(&self, after: i64, agency: AgencyId, scope: &AgencyPath) -> Concern {
        let recent = self.recent.read().unwrap_or_else(PoisonError::into_inner);
        let is_forgotten =
            recent.len() == REMEMBERED && recent.front().is_some_and(|it| it.changed_at > after);
        if is_forgotten || recent.is_empty() {
            return Concern { mine: true, scope: true };
        }
        recent.iter().rev().take_while(|it| it.changed_at > after).fold(
            Concern::default(),
            |so_far, it| Concern {
                mine: so_far.mine || it.is_for_all || it.agencies.contains(&agency),
                scope: so_far.scope
                    || it.is_for_all
                    || it.paths.iter().any(|path| scope.covers(path)),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: i64, agency: u128, path: &str) -> Change {
        Change {
            agencies: [AgencyId(uuid::Uuid::from_u128(agency))].into(),
            paths: [AgencyPath::parse(path).unwrap()].into(),
            ..Change::of(at, 1)
        }
    }

    #[test]
    fn a_change_concerns_the_agencies_of_its_tasks_and_the_places_above() {
        let pulse = Pulse::default();
        pulse.start(10);
        pulse.tell(change(11, 1, "vn/96/ubnd"));
        pulse.tell(change(12, 2, "vn/44/ubnd"));
        let of = |after, agency, scope: &str| {
            let agency = AgencyId(uuid::Uuid::from_u128(agency));
            pulse.concern(after, agency, &AgencyPath::parse(scope).unwrap())
        };
        assert_eq!(of(10, 1, "vn/96"), Concern { mine: true, scope: true });
        assert_eq!(of(11, 1, "vn/96"), Concern::default());
        assert_eq!(of(11, 9, "vn"), Concern { mine: false, scope: true });
        assert_eq!(of(12, 1, "vn"), Concern::default());
    }

    #[test]
    fn who_asks_about_what_is_forgotten_is_told_to_look() {
        let pulse = Pulse::default();
        for at in 1..=400 {
            pulse.tell(change(at, 1, "vn/96"));
        }
        assert_eq!(pulse.recent.read().unwrap().len(), REMEMBERED);
        let stranger = AgencyId(uuid::Uuid::from_u128(9));
        let far = AgencyPath::parse("vn/44").unwrap();
        assert_eq!(pulse.concern(3, stranger, &far), Concern { mine: true, scope: true });
        assert_eq!(pulse.concern(300, stranger, &far), Concern::default());
        let many = Change::of(401, TOLD_APART + 1);
        pulse.tell(many);
        assert_eq!(pulse.concern(400, stranger, &far), Concern { mine: true, scope: true });
    }
}
