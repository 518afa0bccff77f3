//! Letters to senders: what they say is one room's, the ways out to servers another's.

use chrono::{DateTime, Utc};
use sauro_mailbox::jobs::{Carried, Carrier, Post};
use sauro_notices::jobs::{Reply, ShortMessage, SmsGateway, SmsOutcome, Smtp};
use sauro_notices::model::Carried as Handed;

/// Hands letters of the mailbox to the mail server that notices go by.
pub struct LettersBySmtp {
    /// The way to the mail server.
    pub smtp: Smtp,
    /// The address that people write to, or empty where no mailbox is read.
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
            // Heard or not: the same Message-ID makes two of them one.
            Handed::Later(words) => Carried::Later(words),
            Handed::Away(words) => Carried::Away(words),
        }
    }
}

/// Hands short messages to the gateway.
pub struct LettersBySms(pub SmsGateway);

impl Carrier for LettersBySms {
    async fn carry(&self, post: &Post, _: DateTime<Utc>) -> Carried {
        let message = ShortMessage {
            id: post.id.to_string(),
            phone: post.address.clone(),
            words: post.words.clone(),
        };
        match self.0.hand_over(&message).await {
            SmsOutcome::Taken => Carried::Taken,
            SmsOutcome::Refused(words) => Carried::Refused(words),
            // What a gateway does not take now is never for the sake of one number.
            SmsOutcome::Later(words) => Carried::Away(words),
            SmsOutcome::Unsure(words) => Carried::Unsure(words),
        }
    }
}
