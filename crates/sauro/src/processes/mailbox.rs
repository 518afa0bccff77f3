//! Petitions by mail: the mailbox is one room's, the way out to the mail server another's.

use chrono::{DateTime, Utc};
use sauro_mailbox::jobs::{Carried, Carrier, Post};
use sauro_notices::jobs::{Reply, Smtp};
use sauro_notices::model::Carried as Handed;

/// Hands letters of the mailbox to the mail server that notices go by.
pub struct LettersBySmtp {
    /// The way to the mail server.
    pub smtp: Smtp,
    /// The address that people write to.
    pub address: String,
}

impl Carrier for LettersBySmtp {
    async fn carry(&self, post: &Post, now: DateTime<Utc>) -> Carried {
        let reply = Reply {
            id: post.id,
            address: post.address.clone(),
            subject: post.subject.clone(),
            plain: post.words.clone(),
            answers: post.answers.clone(),
            mailbox: self.address.clone(),
        };
        match self.smtp.reply(&reply, now).await {
            Handed::Taken => Carried::Taken,
            Handed::Refused(words) => Carried::Refused(words),
            Handed::Later(words) => Carried::Later(words),
        }
    }
}
