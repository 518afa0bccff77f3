//! One file per verb: right, rule, rows, journal.

mod account_of;
mod actor_of;
mod admit;
mod change_password;
mod choose_post;
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
mod sign_in;
mod sign_out;
mod still_here;

pub use account_of::{AccountView, account_by_login, account_of};
pub use actor_of::{Pending, actor_of, pending_of};
pub use admit::{SignIn, Ticket};
pub use change_password::{change_password, set_first_password};
pub use choose_post::choose_post;
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
pub use sign_in::{Attempt, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
pub use still_here::still_here;
