use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};

/// How many numbers are kept. Marks that share one are taken for each other: then a page is drawn once too often.
const SLOTS: u64 = 1 << 14;

/// For each mark of what pages depend on, the position of the last entry of the journal that touched it.
///
/// There are more marks than one would remember, so that each has its place by its hash and the memory never grows.
pub(super) struct Generations(Box<[AtomicI64]>);

/// Where a mark has its number.
pub(super) type Slot = u16;

impl Generations {
    pub(super) fn new() -> Self {
        Self((0..SLOTS).map(|_| AtomicI64::new(0)).collect())
    }

    pub(super) fn slot(mark: &str) -> Slot {
        let mut hasher = DefaultHasher::new();
        mark.hash(&mut hasher);
        // Below 2 to the 14th, so that nothing is cut off.
        (hasher.finish() % SLOTS) as Slot
    }

    /// The entry at `position` touches `mark`.
    pub(super) fn touch(&self, mark: &str, position: i64) {
        if let Some(it) = self.0.get(usize::from(Self::slot(mark))) {
            it.fetch_max(position, Ordering::AcqRel);
        }
    }

    /// Whether no entry after `position` is known to touch any of `slots`.
    pub(super) fn are_as_at(&self, position: i64, slots: &[Slot]) -> bool {
        let is_as_then = |slot: &Slot| {
            let last = self.0.get(usize::from(*slot));
            last.is_some_and(|it| it.load(Ordering::Acquire) <= position)
        };
        slots.iter().all(is_as_then)
    }
}
