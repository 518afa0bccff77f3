//! What petitions are made of, and their rules. Pure.

mod answer;
mod clock;
mod code;
mod event;
mod exported;
mod flow;
mod key;
mod legal;
mod listed;
mod objection;
mod pain;
mod petition;
mod picture;
mod place_count;
mod privacy;
mod recount;
mod routing;
mod sender;
mod sought;
mod submission;
mod tally;
#[cfg(test)]
mod tests;
mod wanted;

pub use answer::{Answer, CaseFile, Draft, Hiding, Partner, Side};
pub use clock::{Clocks, Limits, Step, StepKind, Turn, clocks, counted_on, due_on};
pub use code::TrackingCode;
pub use event::{Happening, Kind, turns};
pub use exported::Exported;
pub use flow::{Act, Flow, MOST_REFUSALS, MOST_REVIEWS, Refusal, State};
pub use key::{IntakeKey, Secret};
pub use legal::legal_of;
pub use listed::{Listed, Standing};
pub use objection::{has_objected, object_until};
pub use pain::{NATION, Pain, Scope, WEEKS, week_label, week_of, weeks_until};
pub use petition::{Channel, Closing, Legal, Matter, Petition};
pub use picture::{MOST_COVERS, Picture, covers_of, covers_text, is_picture};
pub use place_count::{MONTHS, PlaceCount, month_of, months_until};
pub use privacy::{Found, Private, find, masked, masked_by_agency};
pub use recount::Recount;
pub use routing::{Field, Guess, Guesses, MOST_WORDS, agencies_of, fields_of, words_of};
pub use sender::{Reach, Sender, Ways, is_mobile};
pub use sought::{Sought, index_words_of};
pub use submission::{CONSENT, Fault, Sound, Submission, email, phone};
pub use tally::{AgencyTally, FEWEST_RATINGS, SATISFIED_FROM, Tally, TallyLine};
pub use wanted::Wanted;
