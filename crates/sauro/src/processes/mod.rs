//! What crosses rooms: a process hears of one room's events and calls another room's actions.

mod case_tasks;
mod holders;
mod initiative_tidings;
mod mailbox;
mod notices;
mod periodic_tidings;
mod petition_tidings;
mod portal_results;
mod portal_tidings;
mod score_tidings;
mod tidings;
mod unit_work;
mod work_figures;

pub use case_tasks::{TasksOfCases, open_case_programme};
pub use holders::DeskHolders;
pub use mailbox::LettersBySmtp;
pub use notices::{NOTICES, NoticeProcess};
pub use portal_results::PortalResults;
pub use unit_work::UnitWork;
pub use work_figures::{TaskCounter, run_work_figures};
