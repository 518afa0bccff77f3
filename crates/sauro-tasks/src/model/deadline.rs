use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// When a task is due, with the words it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deadline {
    /// How the time is given.
    pub kind: DeadlineKind,
    /// The words of the directive, or what a person typed.
    pub text: String,
    /// The last day allowed; for recurring work the next day due.
    pub due_on: Option<NaiveDate>,
    /// RFC 5545 RRULE of recurring work.
    pub rule: Option<String>,
}

/// How a deadline is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A day.
    Date,
    /// A month, quarter or year: its last day.
    Period,
    /// Again and again by a rule.
    Recurring,
    /// Thường xuyên, without an end: fails "rõ thời gian" until someone sets a cycle.
    Ongoing,
    /// So many days after an event: waits for the day.
    Relative,
    /// When something happens.
    Event,
    /// Nothing said.
    #[default]
    None,
}

impl DeadlineKind {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Period => "period",
            Self::Recurring => "recurring",
            Self::Ongoing => "ongoing",
            Self::Relative => "relative",
            Self::Event => "event",
            Self::None => "none",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [
            Self::Date,
            Self::Period,
            Self::Recurring,
            Self::Ongoing,
            Self::Relative,
            Self::Event,
            Self::None,
        ]
        .into_iter()
        .find(|kind| kind.code() == code)
    }
}

impl Deadline {
    /// The last day of a clear deadline; `None` when "rõ thời gian" is missing.
    pub fn clear_due_on(&self) -> Option<NaiveDate> {
        self.due_on
    }

    /// True for work that comes back by a rule.
    pub fn is_recurring(&self) -> bool {
        self.rule.as_deref().is_some_and(|rule| !rule.is_empty())
    }
}
