//! Chance that is the same each time: the demonstration is deterministic by its seed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sauro_kernel::{Clock, IdSource};
use uuid::Uuid;

/// A small generator (SplitMix64), good enough for made-up data and nothing else.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` up to and including `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True `percent` times of a hundred.
    pub(crate) fn is_lucky(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of `items`, which is not empty.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> Option<&'a T> {
        let n = usize::try_from(self.next()).unwrap_or(0);
        items.get(n.checked_rem(items.len())?).copied()
    }
}

/// A clock that is set by hand, and ids that follow from it and a seed.
#[derive(Clone)]
pub(crate) struct Past {
    now_us: Arc<AtomicU64>,
    dice: Arc<Mutex<Dice>>,
}

impl Past {
    pub(crate) fn new(seed: u64) -> Self {
        Self { now_us: Arc::default(), dice: Arc::new(Mutex::new(Dice::new(seed))) }
    }

    pub(crate) fn set(&self, now: DateTime<Utc>) {
        self.now_us.store(u64::try_from(now.timestamp_micros()).unwrap_or(0), Ordering::Relaxed);
    }
}

impl Clock for Past {
    fn now(&self) -> DateTime<Utc> {
        let us = i64::try_from(self.now_us.load(Ordering::Relaxed)).unwrap_or(0);
        DateTime::from_timestamp_micros(us).unwrap_or_default()
    }
}

impl IdSource for Past {
    fn fresh(&self) -> Uuid {
        let ms = self.now_us.load(Ordering::Relaxed) / 1_000;
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        let (high, low) = (dice.next(), dice.next());
        drop(dice);
        let high = (ms << 16) | 0x7000 | (high & 0x0fff);
        Uuid::from_u64_pair(high, (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_they_sort_by_time() {
        let ids = |seed| {
            let past = Past::new(seed);
            past.set(DateTime::from_timestamp_micros(1_000_000_000_000_000).unwrap());
            let first = past.fresh();
            past.set(DateTime::from_timestamp_micros(1_000_000_100_000_000).unwrap());
            (first, past.fresh())
        };
        assert_eq!(ids(57), ids(57));
        assert_ne!(ids(57), ids(58));
        let (first, second) = ids(57);
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
    }
}
