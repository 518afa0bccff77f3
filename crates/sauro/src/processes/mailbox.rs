//! Letters to senders: what they say is one room's, the ways out to servers another's.

use chrono::{DateTime, Utc};
use sauro_mailbox::jobs::{Carried, Carrier, Post};
use sauro_notices::jobs::{Reply, ShortMessage, SmsGateway, Smtp};
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
        handed(self.smtp.reply(&reply, now).await)
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
        handed(self.0.hand_over(&message).await)
    }
}

fn handed(it: Handed) -> Carried {
    match it {
        Handed::Taken => Carried::Taken,
        Handed::Refused(words) => Carried::Refused(words),
        Handed::Later(words) => Carried::Later(words),
    }
}
