//! What happens to an issued task beside reporting and verifying.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, ExplanationId, ExtensionId, PostId, TaskId, cut_off};
use serde_json::{Value, json};

/// A request for more time (đề nghị gia hạn).
///
/// It has to be asked before the cut-off of the deadline that it wants moved: what was late stays late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The id.
    pub id: ExtensionId,
    /// The task.
    pub task: TaskId,
    /// The seat that asks.
    pub asked_by: PostId,
    /// Its agency.
    pub asked_by_agency: AgencyId,
    /// Who decides: the issuer.
    pub decider: AgencyId,
    /// When, in microseconds.
    pub asked_at: i64,
    /// Why.
    pub reason: String,
    /// The deadline when it was asked.
    pub from_on: NaiveDate,
    /// The deadline asked for.
    pub to_on: NaiveDate,
    /// How far it has come.
    pub state: ExtensionState,
    /// The seat that decided.
    pub decided_by: Option<PostId>,
    /// When, in microseconds.
    pub decided_at: Option<i64>,
    /// What the issuer says; needed to refuse.
    pub answer: String,
}

impl Extension {
    /// What the journal keeps of it.
    pub(crate) fn told(&self) -> Value {
        json!({
            "extension": self.id,
            "from": self.from_on,
            "to": self.to_on,
            "reason": self.reason,
            "answer": self.answer,
        })
    }
}

/// How far a request for more time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionState {
    /// Chờ quyết định.
    Asked,
    /// Đồng ý.
    Granted,
    /// Không đồng ý.
    Refused,
    /// Đã rút.
    Withdrawn,
}

impl ExtensionState {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Asked, Self::Granted, Self::Refused, Self::Withdrawn]
            .into_iter()
            .find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Asked => "Chờ quyết định",
            Self::Granted => "Đồng ý gia hạn",
            Self::Refused => "Không đồng ý gia hạn",
            Self::Withdrawn => "Đã rút",
        }
    }
}

/// A request to explain (yêu cầu giải trình), with a deadline of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The id.
    pub id: ExplanationId,
    /// The task.
    pub task: TaskId,
    /// The seat that asks.
    pub asked_by: PostId,
    /// Its agency.
    pub asked_by_agency: AgencyId,
    /// Who owes the answer.
    pub lead: AgencyId,
    /// When, in microseconds.
    pub asked_at: i64,
    /// What is to be explained.
    pub question: String,
    /// The last day for the answer, until the cut-off hour.
    pub due_on: NaiveDate,
    /// How far it has come.
    pub state: ExplanationState,
    /// The seat that answered.
    pub answered_by: Option<PostId>,
    /// When, in microseconds.
    pub answered_at: Option<i64>,
    /// The answer.
    pub answer: String,
}

/// How far a request to explain has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplanationState {
    /// Chờ giải trình.
    Asked,
    /// Đã giải trình, chờ xem.
    Answered,
    /// Đã tiếp nhận.
    Closed,
}

impl ExplanationState {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Asked, Self::Answered, Self::Closed].into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Asked => "Chờ giải trình",
            Self::Answered => "Đã giải trình, chờ xem",
            Self::Closed => "Đã tiếp nhận giải trình",
        }
    }
}

impl Explanation {
    /// What the journal keeps of it at `now`, in microseconds.
    pub(crate) fn told(&self, now: i64) -> Value {
        json!({
            "explanation": self.id,
            "asked_by": self.asked_by_agency,
            "question": self.question,
            "due": self.due_on,
            "answer": self.answer,
            "is_late": self.is_late(now),
        })
    }

    /// True when the answer came, or at `now` in microseconds still has not come, after the cut-off.
    pub fn is_late(&self, now: i64) -> bool {
        self.answered_at.unwrap_or(now) > cut_off(self.due_on).timestamp_micros()
    }
}
