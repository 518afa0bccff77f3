//! What can be done with notices. Nobody reads but what is for the desk they sit at.

mod enclose;
mod list_notices;
mod mail_settings;
mod mark_read;
mod write_notices;

pub use enclose::enclose;
pub use list_notices::{Part, Place, UNREAD_DAYS, count_unread, list_notices};
pub use mail_settings::{change_mail_settings, mail_settings};
pub use mark_read::{mark_all_read, mark_read};
pub use write_notices::write_notices;
