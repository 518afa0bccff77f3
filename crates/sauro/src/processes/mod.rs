//! What crosses rooms: a process hears of one room's events and calls another room's actions.

mod case_tasks;
mod findable;
mod holders;
mod initiative_tidings;
mod mailbox;
mod mirror;
mod notices;
mod own_addresses;
mod people_of_cases;
mod periodic_tidings;
mod petition_tidings;
mod portal_results;
mod portal_tidings;
mod score_tidings;
mod search_check;
mod searching;
mod subscriber_news;
mod tidings;
mod unit_work;
mod work_figures;

pub use case_tasks::{TasksOfCases, open_case_programme};
pub use findable::PublicThings;
pub use holders::DeskHolders;
pub use mailbox::{LettersBySms, LettersBySmtp};
pub use mirror::{Folder, Mirror, MirrorError};
pub use notices::{NOTICES, NoticeProcess};
pub use own_addresses::OwnAddresses;
pub use people_of_cases::PeopleOfCases;
pub use portal_results::PortalResults;
pub use search_check::{Compared, compare};
pub use searching::{SearchProcess, SearchingError};
pub use subscriber_news::{NewsBySmtp, NewsOfPortal, SUBSCRIBER_NEWS, SubscriberNews};
pub use unit_work::UnitWork;
pub use work_figures::{TaskCounter, run_work_figures};
