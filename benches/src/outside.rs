//! The machine's clock and chance, for measures that act as the product does.

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
    #[expect(clippy::disallowed_methods, reason = "a measure takes the time that it is")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

impl IdSource for FreshIds {
    #[expect(clippy::disallowed_methods, reason = "a measure makes rows that nobody made before")]
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}
