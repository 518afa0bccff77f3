//! The only place that asks the machine for the time and for randomness.

use chrono::{DateTime, Utc};
use sauro_kernel::{Clock, IdSource};
use uuid::Uuid;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// Fresh UUIDs, sorted by time.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreshIds;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
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
