use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, InitiativeId, Over, ProblemId};

use super::{Area, Code, Kind, Stage, Terms};

/// An initiative (sáng kiến), where it is and who has to do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiative {
    /// The id.
    pub id: InitiativeId,
    /// The code that everybody knows it by, once it is listed.
    pub code: Code,
    /// The kind.
    pub kind: Kind,
    /// The area.
    pub area: Area,
    /// The title.
    pub title: String,
    /// The code of the province it was sent to, or empty for the centre.
    pub place: String,
    /// The agency it was sent to.
    pub receiver: AgencyId,
    /// Where that agency stands.
    pub receiver_path: AgencyPath,
    /// The agency in whose name it was sent.
    pub unit: Option<AgencyId>,
    /// The agency whose opinion is asked for.
    pub reviewer: Option<AgencyId>,
    /// The account that sent it.
    pub sender: Option<AccountId>,
    /// The newest version of the dossier, from 1.
    pub n: i64,
    /// When it came, in microseconds.
    pub sent_at: i64,
    /// Where it is.
    pub stage: Stage,
    /// Since which day.
    pub since: NaiveDate,
    /// The last day of this stage; none where no clock runs.
    pub due_on: Option<NaiveDate>,
    /// The day on which a council recognised it.
    pub recognised_on: Option<NaiveDate>,
    /// The agency that has to act; none when it is the author's turn, or nobody's.
    pub desk: Option<AgencyId>,
    /// Everybody may read the content.
    pub is_open: bool,
    /// The opinion of the reviewer, or empty.
    pub opinion: String,
    /// Counts up with every change.
    pub stamp: i64,
    /// The published problem that it answers.
    pub problem: Option<ProblemId>,
    /// How many persons support it.
    pub n_supports: i64,
}

/// A stage that an initiative was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Counted from 1.
    pub n: i64,
    /// Which.
    pub stage: Stage,
    /// From when on, in microseconds.
    pub at: i64,
    /// From which day on.
    pub since: NaiveDate,
    /// Its last day, if a clock ran.
    pub due_on: Option<NaiveDate>,
    /// The agency that brought it there; none when it was the author.
    pub agency: Option<AgencyId>,
    /// Why, or what was said; may be empty.
    pub reason: String,
}

impl Initiative {
    /// The receiving agency, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.receiver, path: &self.receiver_path }
    }

    /// True when the last day of this stage has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_on.is_some_and(|it| it < today)
    }

    /// True when it was recognised so long ago that somebody should apply it by now.
    pub fn is_idle(&self, today: NaiveDate, terms: Terms) -> bool {
        matches!(self.stage, Stage::Recognised | Stage::Piloting)
            && self.recognised_on.is_some_and(|it| (today - it).num_days() > terms.idle_days)
    }

    /// How it stands on `today`: the `data-s` word of the visual language and the words on screen.
    pub fn status(&self, today: NaiveDate, terms: Terms) -> (&'static str, &'static str) {
        let word = match self.stage {
            Stage::Refused | Stage::NotRecognised => "none",
            Stage::Adopted | Stage::Replicated => "done",
            _ if self.is_overdue(today) => "over",
            _ if self.is_idle(today, terms) => "soon",
            _ => "run",
        };
        (word, self.stage.label())
    }
}

/// How many days each step lasted, up to `today` for the one that still lasts; a closed end lasts no time.
pub fn days_in_stages(steps: &[Step], today: NaiveDate) -> Vec<i64> {
    let ends = steps.iter().skip(1).map(|it| it.since).chain([today]);
    let lasted = |(step, end): (&Step, NaiveDate)| {
        if step.stage.is_closed() { 0 } else { (end - step.since).num_days().max(0) }
    };
    steps.iter().zip(ends).map(lasted).collect()
}
