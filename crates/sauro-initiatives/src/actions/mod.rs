//! What can be done with initiatives, one file a verb: right, rule, rows, journal, in one transaction.

mod apply;
mod case;
mod cast;
mod certify;
mod check;
mod close_council;
mod councils;
mod found;
mod list;
mod matching;
mod open_council;
mod problem_lists;
mod problems;
mod proof;
mod send;
mod send_from;
mod step;
mod supply;
mod support;

use sauro_directory::model::Directory;
use sauro_kernel::{AccountId, Actor, AgencyId, AgencyPath, PostId, Role, WorkingCalendar};
use sauro_store::{Db, Files, Keys};
use uuid::Uuid;

use crate::model::Terms;

pub use apply::{applications, apply, confirm};
pub use case::{Case, Powers, case, of_code};
pub use cast::{Vote, cast};
pub use certify::{
    certificate, certificate_to_hand_out, certificates, certify, withdraw_certificate,
};
pub use check::{Check, check, opine};
pub use close_council::close_council;
pub use councils::{
    CouncilView, ItemView, ScoreSheet, awaiting, council_view, councils, score_sheet,
};
pub use found::{found_initiatives, found_problems, listed_after, problems_after};
pub use list::{Filter, PAGE, Queue, listed, queue};
pub use matching::{Fit, initiatives_like, problems_like};
pub use open_council::open_council;
pub use problem_lists::{
    After, PROBLEMS_PAGE, ProblemCase, ProblemsPage, own_problem, own_problems, problem, problems,
    problems_of,
};
pub use problems::{edit_problem, publish_problem, solve_problem, withdraw_problem};
pub use proof::proof_file;
pub use sauro_store::flood::Answered;
pub use send::{Attachment, MAX_FILE_BYTES, MOST_FILES, Sent, receivers, send, send_as};
pub(crate) use send::{place_of, words_of};
pub use send_from::{Outside, send_from};
pub(crate) use step::first_step;
pub use supply::supply;
pub use support::{own_initiatives, support, support_as, support_of_citizen, supports};

/// What the actions of this room work with.
pub struct Room<'a> {
    /// The database.
    pub db: &'a Db,
    /// The files.
    pub files: &'a Files,
    /// What personal data are sealed with.
    pub keys: &'a Keys,
    /// The catalogue of agencies.
    pub directory: &'a Directory,
    /// The working days.
    pub calendar: &'a WorkingCalendar,
    /// How long each stage may last.
    pub terms: Terms,
}

/// Somebody who is not signed in.
pub fn visitor() -> Actor {
    let path = AgencyPath::nation().child("khach");
    Actor {
        account: AccountId(Uuid::nil()),
        post: PostId(Uuid::nil()),
        role: Role::Public,
        agency: AgencyId(Uuid::nil()),
        agency_code: "KHACH".to_owned(),
        agency_name: "Người gửi".to_owned(),
        agency_path: path.clone(),
        scope: path,
        display_name: "Người gửi".to_owned(),
    }
}
