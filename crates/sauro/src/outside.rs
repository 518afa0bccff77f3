//! The only place that asks the machine for the time and for randomness.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use sauro_kernel::{Clock, IdSource};
use uuid::Uuid;

/// The machine's clock, or the one instant at which a demonstration stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// Where every clock of this process stands, once it was told to.
static STANDS_AT: OnceLock<DateTime<Utc>> = OnceLock::new();

impl SystemClock {
    /// Makes every clock of this process stand at `instant` for good: for a demonstration, whose pages then look
    /// the same each time. The first instant stays.
    pub fn stand_at(instant: DateTime<Utc>) {
        STANDS_AT.get_or_init(|| instant);
    }
}

/// Fresh UUIDs, sorted by time.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreshIds;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
    fn now(&self) -> DateTime<Utc> {
        STANDS_AT.get().copied().unwrap_or_else(Utc::now)
    }
}

impl IdSource for FreshIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the source that everybody else is given"
    )]
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}
