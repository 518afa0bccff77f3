use chrono::TimeDelta;
use futures_util::future::join_all;
use sauro_kernel::Ctx;
use serde_json::json;

use super::post::{AT_ONCE, PERIOD, Round, ended, gone, lines_of, put_off, taken};
use crate::actions::{Line, Office};
use crate::model::{Contact, Entry, GIVEN_UP_AFTER, Letter, Way, next_try};
use crate::push::{Handed, Push, PushServers};
use crate::{SubscriptionsError, actions, store};

/// Messages under way at once: a push server that does not answer holds up few others.
const TOGETHER: usize = 8;

/// Longest title in a message; the page has the whole one.
const TITLE: usize = 300;

/// The outbox of messages to devices, and what it needs.
pub struct PushRoom {
    /// The way to push servers.
    pub servers: PushServers,
    /// The rooms.
    pub office: Office,
    /// The address of the installation, without a slash at the end.
    pub url: String,
}

impl PushRoom {
    /// Sends what is due. A push server that does not answer holds up its own messages alone.
    ///
    /// # Errors
    ///
    /// What the store says; the next round goes on.
    pub async fn round(&self, ctx: &Ctx) -> Result<Round, SubscriptionsError> {
        let mut round = Round::default();
        loop {
            let asked = (Way::Push, ctx.now_us());
            let due =
                store::letters::due(&mut self.office.db.read().await?, asked, AT_ONCE).await?;
            for some in due.chunks(TOGETHER) {
                for done in join_all(some.iter().map(|it| self.handle(ctx, it))).await {
                    let done = done?;
                    round.n_sent += done.n_sent;
                    round.n_gone += done.n_gone;
                    round.n_dropped += done.n_dropped;
                    round.n_later += done.n_later;
                }
            }
            if due.len() < usize::from(AT_ONCE) {
                return Ok(round);
            }
        }
    }

    async fn handle(&self, ctx: &Ctx, letter: &Letter) -> Result<Round, SubscriptionsError> {
        let nothing = Round::default();
        if !taken(ctx, &self.office, letter).await? {
            return Ok(nothing);
        }
        let Some(push) = self.push(letter).await? else {
            ended(ctx, &self.office, letter.id, ("dropped", "")).await?;
            return Ok(Round { n_dropped: 1, ..nothing });
        };
        let now = ctx.clock.now();
        match self.servers.hand_over(&push, now).await {
            Handed::Taken => {
                ended(ctx, &self.office, letter.id, ("sent", "")).await?;
                Ok(Round { n_sent: 1, ..nothing })
            }
            Handed::Gone => {
                gone(ctx, &self.office, letter).await?;
                Ok(Round { n_gone: 1, ..nothing })
            }
            Handed::Refused(words) => {
                tracing::warn!(letter = %letter.id, error = words, "a push server does not take a message");
                ended(ctx, &self.office, letter.id, ("rejected", &words)).await?;
                Ok(Round { n_dropped: 1, ..nothing })
            }
            Handed::Later(words, _) if now - letter.made_at > GIVEN_UP_AFTER => {
                ended(ctx, &self.office, letter.id, ("dropped", &words)).await?;
                Ok(Round { n_dropped: 1, ..nothing })
            }
            Handed::Later(words, wait) => {
                let asked = wait.and_then(|it| TimeDelta::from_std(it).ok()).map(|it| now + it);
                let next = next_try(now, letter.n_tries + 1);
                let next = asked.map_or(next, |asked| next.max(asked));
                put_off(&self.office, letter.id, (next, &words)).await?;
                Ok(Round { n_later: 1, ..nothing })
            }
        }
    }

    /// The message and its device; none once nobody needs it.
    async fn push(&self, letter: &Letter) -> Result<Option<Push>, SubscriptionsError> {
        let found = {
            let mut conn = self.office.db.read().await?;
            store::subscriptions::find(&mut conn, letter.subscription).await?
        };
        let Some(it) = found else { return Ok(None) };
        let Contact::Push(device) = actions::opened(&self.office, &it)? else { return Ok(None) };
        let lines = lines_of(&self.office, letter).await?;
        let message = lines.first().map(|it| message(&self.url, it));
        Ok(message.map(|message| Push { device, message }))
    }

    /// Sends for ever.
    pub async fn run(self, ctx: Ctx) {
        loop {
            let pause = match self.round(&ctx).await {
                Ok(_) => PERIOD,
                Err(err) => {
                    tracing::warn!(error = %err, "messages to devices have to wait for the store");
                    PERIOD * 10
                }
            };
            tokio::time::sleep(pause).await;
        }
    }
}

/// Title and address, and nothing else.
fn message(url: &str, (entry, line): &(Entry, Line)) -> Vec<u8> {
    let title: String =
        entry.occasion.mark().chars().chain(line.title.chars()).take(TITLE).collect();
    json!({ "title": title, "url": format!("{url}{}", line.path) }).to_string().into_bytes()
}
