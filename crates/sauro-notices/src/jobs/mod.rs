//! Sending what lies in the outbox.

mod letter;
mod send_mails;
mod smtp;

pub use send_mails::{Carrier, Holders, MailRoom, Round};
pub use smtp::{NewsLetter, Reply, Smtp, SmtpError};
