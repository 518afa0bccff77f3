//! What is said about a draft before it goes out: remarks on its blocks, the legal opinion, and who is writing.

use sauro_kernel::AccountId;
use uuid::Uuid;

/// A remark (góp ý) on one block, with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The id.
    pub id: Uuid,
    /// The mark of the block.
    pub mark: String,
    /// How the block began when the remark was made.
    pub quote: String,
    /// The version that was read.
    pub n: i64,
    /// Nothing is left to do.
    pub is_settled: bool,
    /// What was said and done, the oldest first.
    pub comments: Vec<Comment>,
}

/// What somebody said in a thread, or did with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The id.
    pub id: Uuid,
    /// What it is.
    pub said: Said,
    /// The words, or empty.
    pub body: String,
    /// Who.
    pub account: AccountId,
    /// How that seat is called.
    pub author: String,
    /// When, in microseconds.
    pub at: i64,
}

/// What a line of a thread is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Words,
    /// It was called settled.
    Settled,
    /// It was opened again.
    Reopened,
}

impl Said {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Words => "said",
            Self::Settled => "settled",
            Self::Reopened => "reopened",
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Words, Self::Settled, Self::Reopened].into_iter().find(|it| it.code() == code)
    }
}

/// A legal opinion (ý kiến pháp chế) on a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalOpinion {
    /// The version.
    pub n: i64,
    /// Nothing stands against it.
    pub agrees: bool,
    /// What has to be changed, or empty.
    pub body: String,
    /// How the seat that gave it is called.
    pub author: String,
    /// When, in microseconds.
    pub at: i64,
}

/// How long whoever has an item open is waited for after they were last heard of, in microseconds.
pub const HOLD_US: i64 = 120_000_000;

/// Who has an item open to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub account: AccountId,
    /// How that seat is called.
    pub author: String,
    /// Since when, in microseconds.
    pub since: i64,
    /// When they were last heard of.
    pub seen_at: i64,
}

impl Holder {
    /// They are still there at `now`.
    pub fn is_there(&self, now: i64) -> bool {
        self.seen_at >= now - HOLD_US
    }
}
