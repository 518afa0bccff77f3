//! One file per verb: right, rule, rows, journal.

mod account_of;
mod actor_of;
mod admit;
mod change_password;
mod choose_post;
mod citizens;
mod come_back;
mod confirm_totp;
mod delegate;
mod disable_account;
mod end_post;
mod enroll_totp;
mod gate;
mod give_post;
mod holders;
mod list_accounts;
mod manage;
mod open_account;
mod people;
mod reset_password;
mod samples;
mod seats;
mod sessions;
mod set_out;
mod sign_in;
mod sign_out;
mod still_here;
mod subjects;

pub use account_of::{AccountView, account_by_login, account_of};
pub use actor_of::{Pending, actor_of, pending_of};
pub use admit::{SignIn, Ticket};
pub use change_password::{change_password, set_first_password};
pub use choose_post::choose_post;
pub use citizens::{
    citizen_leaves, citizen_leaves_everywhere, citizen_of, forget_citizen, leaving,
};
pub use come_back::{Arrival, Return, come_back};
pub use confirm_totp::confirm_totp;
pub use delegate::{Loan, delegate, take_back};
pub use disable_account::{disable_account, enable_account};
pub use end_post::end_post;
pub use enroll_totp::{
    Enrolment, Protection, confirm_enrolment, disable_totp, enroll_totp, protection_of,
};
pub use give_post::{NewSeat, give_post};
pub use holders::holders;
pub use list_accounts::{AccountPage, list_accounts};
pub use open_account::{NewAccount, Opened, open_account};
pub use people::{Seated, people};
pub use reset_password::reset_password;
pub use samples::{Sample, list_samples, sign_in_sample};
pub use seats::{lent_by, seats_of};
pub use sessions::{SessionView, end_session, sessions_of};
pub use set_out::{Departure, set_out, set_out_to_link};
pub use sign_in::{Attempt, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
pub use still_here::still_here;
pub use subjects::{
    LinkView, ProviderView, links_of, provider_name, providers_of_citizens, providers_of_officials,
    unlink,
};
