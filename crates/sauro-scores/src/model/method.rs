use sauro_kernel::{AccountId, Actor, AgencyId, AgencyPath, Over, Period, ScoreMethodId};

use super::{Design, Roster};

/// A method of scoring (cách chấm): what it says stands in its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// The id.
    pub id: ScoreMethodId,
    /// The agency that scores by it.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub path: AgencyPath,
    /// Who is scored: the same in all versions.
    pub roster: Roster,
}

/// One version of a method. Once published it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodVersion {
    /// Of which method.
    pub method: ScoreMethodId,
    /// Counts up from 1.
    pub n: i64,
    /// How far it is.
    pub state: State,
    /// What it says.
    pub design: Design,
    /// The period from which it is used.
    pub from: Period,
    /// Who proposed it.
    pub proposed_by: Option<AccountId>,
    /// Who published it: somebody else.
    pub published_by: Option<AccountId>,
    /// When it was last changed, in microseconds.
    pub changed_at: i64,
    /// Counts up with every change, from 1.
    pub stamp: i64,
}

/// How far a version of a method is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being written.
    Draft,
    /// What the ranking would have been was looked at.
    Simulated,
    /// Waits for a second person.
    Proposed,
    /// In force from its period on.
    Published,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Simulated, Self::Proposed, Self::Published];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Simulated => "simulated",
            Self::Proposed => "proposed",
            Self::Published => "published",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Dự thảo",
            Self::Simulated => "Đã mô phỏng",
            Self::Proposed => "Chờ người thứ hai ban hành",
            Self::Published => "Đã ban hành",
        }
    }

    /// The `data-s` word of the visual language.
    pub fn status(self) -> &'static str {
        match self {
            Self::Draft => "none",
            Self::Simulated => "run",
            Self::Proposed => "soon",
            Self::Published => "done",
        }
    }
}

impl Method {
    /// The agency that scores, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.path }
    }

    /// True when somebody who acts as `actor` may know of its rankings and published versions.
    pub fn is_known_to(&self, actor: &Actor) -> bool {
        self.agency == actor.agency
            || self.roster.reach().covers(&actor.agency_path)
            || actor.scope.covers(&self.path)
    }
}
