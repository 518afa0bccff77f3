//! The rules of scores. Pure: no database, no web, no clock.

mod appeal;
mod design;
mod design_fields;
mod figure;
mod interval;
mod measure;
mod method;
mod ranking;
mod roster;
mod score;

pub use appeal::{Appeal, AppealState};
pub use design::{Audience, Component, Design};
pub use design_fields::{ComponentFields, DesignFields};
pub use figure::{PLACES, points_of, rounded, written, written_to};
pub use interval::wilson;
pub use measure::Measure;
pub use method::{Method, MethodVersion, State};
pub use ranking::{Adjustment, Edition, Ranking, SelfMark};
pub use roster::{Roster, Unit};
pub use score::{Counted, Part, RankRange, Share, Sums, UnitScore, score_all};

/// What is wrong with a field: its name, and the Vietnamese sentence for people.
pub type Fault = (String, String);

#[cfg(test)]
mod tests;
