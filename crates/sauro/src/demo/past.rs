//! Chance that is the same each time: the demonstration is deterministic by its seed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sauro_kernel::{Clock, Dice, IdSource};
use uuid::Uuid;

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
        let now = i64::try_from(self.now_us.load(Ordering::Relaxed)).unwrap_or(0);
        self.dice.lock().unwrap_or_else(PoisonError::into_inner).id(now)
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
