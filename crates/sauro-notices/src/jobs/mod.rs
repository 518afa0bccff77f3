//! Sending what lies in the outbox, and the ways out: mail servers and gateways for short messages.

mod letter;
mod send_mails;
mod sms;
mod smtp;

pub use send_mails::{Carrier, Holders, MailRoom, Round};
pub use sms::{ShortMessage, SmsError, SmsGateway, SmsOutcome, SmsSetup};
pub use smtp::{NewsLetter, Reply, Smtp, SmtpError};
