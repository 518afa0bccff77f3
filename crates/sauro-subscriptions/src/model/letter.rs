//! Letters and messages on their way.

use chrono::{DateTime, TimeDelta, Utc};
use sauro_kernel::{MailId, PortalItemId, SubscriptionId};

use super::{Occasion, Way};

/// What could not be handed over for so long is given up.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);

/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// What a letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// Asks whether the address is theirs.
    Confirm,
    /// Somebody asked for an address that is on already: says how to change.
    Known,
    /// Tells what was published.
    News,
}

/// A letter that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id, from which its Message-ID is made.
    pub id: MailId,
    /// Whose.
    pub subscription: SubscriptionId,
    /// By which way.
    pub way: Way,
    /// What for.
    pub kind: LetterKind,
    /// It tells of what was told after `.0` up to `.1`.
    pub range: (i64, i64),
    /// The link that confirms, sealed for `id`.
    pub sealed: Option<Vec<u8>>,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// The instant before which it is not tried, unix microseconds.
    pub next_at: i64,
    /// How often it was tried before.
    pub n_tries: i64,
}

/// One thing that a letter tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The item.
    pub item: PortalItemId,
    /// Why.
    pub occasion: Occasion,
    /// Its place among what was told.
    pub n: i64,
}

impl LetterKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Confirm, Self::Known, Self::News];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Known => "known",
            Self::News => "news",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// When a letter is tried again after `n_tries` tries in vain: each wait twice the one before.
pub fn next_try(now: DateTime<Utc>, n_tries: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(n_tries.clamp(1, 10) - 1).unwrap_or(0);
    now + TimeDelta::minutes(1 << doublings).min(LONGEST_WAIT)
}
