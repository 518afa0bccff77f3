//! The verbs of petitions: right, rule, rows, journal.

mod answer;
mod attach;
mod bulk;
mod case;
mod correct;
mod follow;
mod found;
mod gate;
mod handle;
mod hide;
mod hold;
pub(crate) mod jobs;
mod keys;
mod listed;
mod lists;
mod lost_code;
mod masking;
mod merge;
mod object;
mod own;
mod pains;
mod pass_on;
mod people;
mod pictures;
mod places;
pub(crate) mod recount;
mod route;
mod search;
mod send;
mod settings;
mod similar;
mod sort;
mod spare;
mod takeable;
mod tallies;
mod task;
mod to_sender;

pub use answer::{approve, return_answer, submit};
pub use attach::attach;
pub use bulk::{BulkAct, MAX_BULK, Outcome, in_bulk};
pub use case::{CaseView, case_view};
pub use correct::correct;
pub use follow::{Followed, erase, export, follow, give_more, rate, set_consent};
pub use found::{found_cases, found_fields, public_cases_after};
pub use handle::{accept, ask_more, extend, go_on, link_task, note, opinion};
pub use hide::{ask_to_hide, decide_hiding, mark_about};
pub use hold::House;
pub(crate) use hold::{clocks_of, set_clocks};
pub use keys::{key_of, keys, make_key, revoke_key};
pub use listed::listed;
pub use lists::{
    Asked, Group, Line, MOST_COUNTED, PublicCase, QUEUE_PAGE, Queue, exported, public_case,
    public_list, queue, queue_below, queue_group, queue_opinions,
};
pub use lost_code::ask_code;
pub use masking::masked_words;
pub use merge::{merge, unmerge};
pub use object::object;
pub use own::{add_own, drop_own, own_cases, own_code, send_as};
pub use pains::{Pains, pains};
pub use pass_on::pass_on_cases;
pub use people::{People, PeopleRoom, Person, agencies_about};
pub use pictures::{
    look_at_picture, picture_of_case, prepare_picture, public_picture, withdraw_picture,
};
pub use places::{Places, places};
pub use recount::recount_of;
pub use route::{RoutingFigures, routing_figures};
pub use sauro_store::flood::Answered;
pub use search::{of_place, search};
pub use send::{FileSent, MAX_FILE_BYTES, MAX_FILES, Receipt, Sent, send};
pub use settings::{all_fields, import_fields, limits, load_shipped, promised_on, set_limits};
pub use similar::similar;
pub use sort::{assign, receive, refuse, set_field};
pub use spare::spare;
pub use takeable::{LeftOut, takeable};
pub use tallies::{agencies, agency, satisfaction};
pub use task::{
    CaseTask, CaseTasks, NoTask, TaskFuture, TaskRoom, WantedTask, case_of_task, make_task,
};
pub use to_sender::{ToSender, merged_into, to_sender};
