//! A case as the lists of a desk show it.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, PetitionId, cut_off};

use super::{Closing, State};

/// What a list of a desk shows of a case: enough to know it again and to see what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The id.
    pub id: PetitionId,
    /// The public number.
    pub number: String,
    /// In one sentence, as the sender wrote it.
    pub title: String,
    /// Code of the field, or empty.
    pub field: String,
    /// The agency that governs the place.
    pub place: Option<AgencyId>,
    /// The agency that owes the next step.
    pub holder: AgencyId,
    /// The person it is about, who never learns of it.
    pub about: Option<AccountId>,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a case stands, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// How it ended, or will when nobody contests.
    pub closing: Option<Closing>,
    /// The last day of the step that runs.
    pub due_on: Option<NaiveDate>,
}

impl Standing {
    /// The step that runs is past its day.
    pub fn is_overdue(self, now: i64) -> bool {
        self.due_on.is_some_and(|day| cut_off(day).timestamp_micros() < now)
    }

    /// Silhouette and words of it.
    pub fn status(self, now: i64) -> (&'static str, &'static str) {
        let label = self.state.label();
        match (self.state, self.closing) {
            (State::Closed, Some(Closing::Solved)) => ("done", "Đã giải quyết"),
            (State::Closed, Some(closing)) => ("none", closing.label()),
            (State::Answered, _) => ("done", label),
            (State::Waiting, _) => ("none", label),
            (State::Review, _) => ("soon", label),
            _ if self.is_overdue(now) => ("over", "Quá hạn"),
            _ => ("run", label),
        }
    }
}
