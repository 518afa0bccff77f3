//! Queries on notices. One file per table; one function per question.

pub(crate) mod mail_settings;
pub(crate) mod mails;
pub(crate) mod notice_reads;
pub(crate) mod notices;
