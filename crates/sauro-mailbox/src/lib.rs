//! E-mail as a way in for petitions: one mailbox is read over IMAP, each message becomes one case, and whoever
//! sent it is written to. Nothing in a message proves who wrote it.

pub mod actions;
mod error;
pub mod jobs;
pub mod model;
mod store;

pub use error::MailboxError;
