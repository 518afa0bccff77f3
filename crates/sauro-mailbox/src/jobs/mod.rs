//! What goes on by itself: reading the mailbox, telling senders of what happens to their case, sending letters.

mod collect;
mod imap;
mod send_letters;
mod short_words;
mod tell;
mod words;

pub use collect::{Collected, Collector};
pub use imap::{ImapError, ImapPlace};
pub use send_letters::{Carried, Carrier, LetterRoom, Post, Round};
pub use tell::{MAIL_SENDERS, TellSenders};
