use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sauro_kernel::{Ctx, MailId};

use super::words::{Sender, Told, written};
use crate::actions::{Line, Office, Why, end, link_of};
use crate::model::{Contact, Entry, GIVEN_UP_AFTER, Letter, LetterKind, Way, next_try};
use crate::store::news::MOST_TOLD;
use crate::{SubscriptionsError, actions, store};

/// Letters looked at in one round.
pub(super) const AT_ONCE: u16 = 100;

/// A try that does not come back within this time was lost, and the letter is tried again.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// How often the outbox is looked at.
pub(super) const PERIOD: Duration = Duration::from_secs(3);

/// The longest pause while the mail server cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// A letter with its words, ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// From which the Message-ID is made, so that a letter that arrives twice is seen to be one.
    pub id: MailId,
    /// Where to.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The words without markup.
    pub plain: String,
    /// The words with markup.
    pub html: String,
    /// Where one POST ends the subscription (RFC 8058), or empty in a letter that asks whether it is wanted.
    pub leave: String,
}

/// What became of handing a letter over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The server has it.
    Taken,
    /// The server takes nothing for this address, for good; its words.
    Refused(String),
    /// Not now; why.
    Later(String),
}

/// Hands a letter to the mail server.
pub trait Carrier: Send + Sync {
    /// Tries once, at the instant `now`.
    fn carry(&self, post: &Post, now: DateTime<Utc>) -> impl Future<Output = Carried> + Send;
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// What was taken.
    pub n_sent: usize,
    /// Subscriptions that ended, because nobody is there any more.
    pub n_gone: usize,
    /// Letters that nobody needs any more, or that were tried for days.
    pub n_dropped: usize,
    /// What is tried again later.
    pub n_later: usize,
    /// The mail server could not be reached; the round ended there.
    pub is_cut: bool,
}

/// The outbox of mail and what it needs.
pub struct PostRoom<C> {
    /// The way to the mail server.
    pub carrier: C,
    /// The rooms.
    pub office: Office,
    /// Name of the installation.
    pub site: String,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl<C: Carrier> PostRoom<C> {
    /// Sends what is due. Each try goes under the same Message-ID; a mail server that does not answer ends the round.
    ///
    /// # Errors
    ///
    /// What the store says; the next round goes on.
    pub async fn round(&self, ctx: &Ctx) -> Result<Round, SubscriptionsError> {
        let mut round = Round::default();
        loop {
            let asked = (Way::Mail, ctx.now_us());
            let due =
                store::letters::due(&mut self.office.db.read().await?, asked, AT_ONCE).await?;
            let is_last = due.len() < usize::from(AT_ONCE);
            for letter in due {
                self.handle(ctx, &letter, &mut round).await?;
                if round.is_cut {
                    return Ok(round);
                }
            }
            if is_last {
                return Ok(round);
            }
        }
    }

    async fn handle(
        &self,
        ctx: &Ctx,
        letter: &Letter,
        round: &mut Round,
    ) -> Result<(), SubscriptionsError> {
        if !taken(ctx, &self.office, letter).await? {
            return Ok(());
        }
        let Some(post) = self.post(letter).await? else {
            round.n_dropped += 1;
            return ended(ctx, &self.office, letter.id, ("dropped", "")).await;
        };
        let now = ctx.clock.now();
        match self.carrier.carry(&post, now).await {
            Carried::Taken => {
                round.n_sent += 1;
                ended(ctx, &self.office, letter.id, ("sent", "")).await
            }
            Carried::Refused(_) => {
                round.n_gone += 1;
                gone(ctx, &self.office, letter).await
            }
            Carried::Later(words) if now - letter.made_at > GIVEN_UP_AFTER => {
                tracing::error!(letter = %letter.id, "a letter was tried for days and is given up");
                round.n_dropped += 1;
                let words = without(&words, &post.address);
                ended(ctx, &self.office, letter.id, ("dropped", &words)).await
            }
            Carried::Later(words) => {
                let words = without(&words, &post.address);
                tracing::warn!(letter = %letter.id, error = words, "the mail server takes no letters now");
                round.is_cut = true;
                round.n_later += 1;
                let next = next_try(now, letter.n_tries + 1);
                put_off(&self.office, letter.id, (next, &words)).await
            }
        }
    }

    /// The letter with its words and where it goes; none once nobody needs it.
    async fn post(&self, letter: &Letter) -> Result<Option<Post>, SubscriptionsError> {
        let found = {
            let mut conn = self.office.db.read().await?;
            store::subscriptions::find(&mut conn, letter.subscription).await?
        };
        let Some(it) = found else { return Ok(None) };
        let Contact::Mail(address) = actions::opened(&self.office, &it)? else { return Ok(None) };
        let own = format!("{}/theo-doi-tin/{}", self.url, link_of(&self.office.keys, it.id));
        let told = match (letter.kind, &letter.sealed) {
            // A newer letter may ask by another link; this one then leads nowhere and says so.
            (LetterKind::Confirm, Some(sealed)) if it.confirmed_at.is_none() => {
                let link = self.office.keys.open_sealed(letter.id.0, sealed)?;
                let link = String::from_utf8_lossy(&link).into_owned();
                Told::Confirm { link: format!("{}/theo-doi-tin/xac-nhan/{link}", self.url) }
            }
            (LetterKind::Confirm, _) => return Ok(None),
            (LetterKind::Known, _) => Told::Known { own: own.clone() },
            (LetterKind::News, _) => {
                let lines = lines_of(&self.office, letter).await?;
                if lines.is_empty() {
                    return Ok(None);
                }
                Told::News { lines, own: own.clone() }
            }
        };
        let leave =
            if letter.kind == LetterKind::News { format!("{own}/thoi") } else { String::new() };
        let from = Sender { site: &self.site, url: &self.url };
        let words = written(&from, &told).map_err(|err| sauro_store::StoreError::Corrupt {
            table: "subscription_letters",
            row: letter.id.to_string(),
            reason: err.to_string(),
        })?;
        let (subject, plain, html) = words;
        Ok(Some(Post { id: letter.id, address, subject, plain, html, leave }))
    }

    /// Sends for ever. While the mail server cannot be reached the pauses grow; nothing is lost.
    pub async fn run(self, ctx: Ctx) {
        let mut pause = PERIOD;
        loop {
            pause = match self.round(&ctx).await {
                Ok(Round { is_cut: false, .. }) => PERIOD,
                Ok(_) => (pause * 2).min(LONGEST_PAUSE),
                Err(err) => {
                    tracing::warn!(error = %err, "letters to subscribers have to wait for the store");
                    PERIOD * 10
                }
            };
            tokio::time::sleep(pause).await;
        }
    }
}

/// What `letter` tells of that everybody finds now, each item once.
pub(super) async fn lines_of(
    office: &Office,
    letter: &Letter,
) -> Result<Vec<(Entry, Line)>, SubscriptionsError> {
    let mut entries = {
        let mut conn = office.db.read().await?;
        store::news::told_to(&mut conn, letter.subscription, letter.range, MOST_TOLD).await?
    };
    // Of what was published and corrected between two digests the last word counts.
    entries.reverse();
    let mut once: Vec<Entry> = Vec::new();
    for it in entries {
        if once.iter().all(|had| had.item != it.item) {
            once.push(it);
        }
    }
    let ids: Vec<_> = once.iter().map(|it| it.item).collect();
    let found = office.news.0.lines(&ids).await?;
    let line = |entry: Entry| {
        let line = found.iter().find(|it| it.item == entry.item)?;
        Some((entry, line.clone()))
    };
    Ok(once.into_iter().filter_map(line).collect())
}

/// Takes `letter` for one try. Answers false when another node has it.
pub(super) async fn taken(
    ctx: &Ctx,
    office: &Office,
    letter: &Letter,
) -> Result<bool, SubscriptionsError> {
    let mut conn = office.db.write().await?;
    let until = (ctx.clock.now() + LEASE).timestamp_micros();
    let is_ours = store::letters::take(&mut conn, letter, until).await?;
    conn.commit().await?;
    Ok(is_ours)
}

pub(super) async fn ended(
    ctx: &Ctx,
    office: &Office,
    id: MailId,
    how: (&'static str, &str),
) -> Result<(), SubscriptionsError> {
    let mut conn = office.db.write().await?;
    store::letters::end(&mut conn, id, how, ctx.now_us()).await?;
    Ok(conn.commit().await?)
}

pub(super) async fn put_off(
    office: &Office,
    id: MailId,
    (next, words): (DateTime<Utc>, &str),
) -> Result<(), SubscriptionsError> {
    let mut conn = office.db.write().await?;
    store::letters::put_off(&mut conn, id, (next.timestamp_micros(), words)).await?;
    Ok(conn.commit().await?)
}

/// Ends the subscription of `letter`: nobody is there.
pub(super) async fn gone(
    ctx: &Ctx,
    office: &Office,
    letter: &Letter,
) -> Result<(), SubscriptionsError> {
    let mut conn = office.db.write().await?;
    end(ctx, &mut conn, letter.subscription, Why::Gone).await?;
    Ok(conn.commit().await?)
}

/// What a server says of an address, without the address: it stands nowhere but sealed.
fn without(words: &str, address: &str) -> String {
    words.to_lowercase().replace(address, "…")
}
