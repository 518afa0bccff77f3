//! The rules of initiatives. Pure: no database, no web, no clock.

mod application;
mod certificate;
mod code;
mod council;
mod dossier;
mod fields;
mod initiative;
mod kind;
mod likeness;
mod problem;
mod proof;
mod stage;
mod tally;

pub use application::{Application, ApplicationFields};
pub use certificate::{
    Certificate, CertificateFault, CertificateFile, CertificateWords, Certified, fingerprint,
};
pub use code::Code;
pub use council::{
    Ballot, Conflict, Council, CouncilFields, Criterion, Judge, Member, PRESETS, Preset, Stakes,
};
pub use dossier::{Author, AuthorMark, Benefit, Dossier, FileMark, Person, hash_of};
pub use fields::{AuthorFields, DossierFields, Read, quantity};
pub use initiative::{Initiative, Step, days_in_stages};
pub use kind::{Area, Consent, Kind, Ownership, UNITS};
pub use likeness::{Likeness, as_written, likest, pairs_of, rarest};
pub use problem::{Problem, ProblemFields, ProblemState, ProblemText};
pub use proof::{ProofFault, ProofFile, Proven};
pub use stage::{Move, Stage, Terms};
pub use tally::Tally;

/// What is wrong with a field: its name, and the Vietnamese sentence for people.
pub type Fault = (String, String);

#[cfg(test)]
mod tests;
