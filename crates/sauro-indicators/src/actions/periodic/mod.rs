//! Periodic reports: forms, rounds, what units write and send, and how many become one.

mod asked;
mod authority;
mod define_form;
mod form_fields;
mod forms;
mod lock_round;
mod merge_reports;
mod open_round;
mod published;
mod read;
mod receive_report;
mod remind;
mod save_report;
mod send_report;
mod sheet;
mod work;

pub(super) use asked::asked_units;
pub use define_form::{define_form, redesign_form};
pub use form_fields::{FormFields, ItemFields};
pub use forms::{form_by_code, forms_of};
pub use lock_round::{grant_exception, lock_round};
pub use merge_reports::{Merging, Picked, merge_reports, merging};
pub use open_round::{open_due_rounds, open_round};
pub use published::{PublishedReport, published_report, published_reports};
pub use read::{RoundLine, RoundView, UnitLine, communes_heard, round_view, rounds_of};
pub use receive_report::{accept_reports, publish_report, return_report};
pub use remind::{RoundNews, remind_rounds, round_news};
pub use save_report::{CellFields, SheetFields, save_report};
pub use send_report::{hand_back_report, propose_report, recall_report, send_report};
pub use sheet::{FigureLine, Given, Sheet, SheetRights, sheet};
pub use work::{NoWork, Quote, Span, Work, WorkFuture, WorkLine, WorkSource};
