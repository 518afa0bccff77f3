//! Letters to those who sent messages.

use chrono::{DateTime, TimeDelta, Utc};
use sauro_kernel::{MailId, PetitionId};
use serde::{Deserialize, Serialize};

/// Letters to one address on one day; two machines that answer each other come to rest there.
pub const MOST_A_DAY: i64 = 5;

/// A letter that could not be handed over for so long is given up.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);

/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// What a letter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// The message became a case.
    Receipt,
    /// The message could not become one.
    Refusal,
    /// The agency needs more of the sender.
    Asked,
    /// The case was merged into another.
    Merged,
    /// There is an answer.
    Answered,
}

/// What a letter says beyond what its case knows. Only ever stored sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Where to, of a letter without a case.
    pub address: String,
    /// The message it answers, without brackets, or empty.
    pub message_id: String,
    /// What was wrong with the message.
    pub faults: Vec<String>,
    /// Files that the case came in without, each with the reason.
    pub left_out: Vec<(String, String)>,
}

/// A letter that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id, from which its Message-ID is made.
    pub id: MailId,
    /// What it says.
    pub kind: LetterKind,
    /// The case.
    pub petition: Option<PetitionId>,
    /// What else.
    pub about: About,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// How often it was tried before.
    pub n_tries: i64,
    /// The instant before which it is not tried, unix microseconds.
    pub next_at: i64,
}

impl LetterKind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Receipt, Self::Refusal, Self::Asked, Self::Merged, Self::Answered];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Refusal => "refusal",
            Self::Asked => "asked",
            Self::Merged => "merged",
            Self::Answered => "answered",
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
