use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, MailId};
use sauro_petitions::actions::to_sender;
use sauro_petitions::model::Reach;
use sauro_store::{Conn, Db, FileHash, Keys, StoreError};

use super::words::{House, written};
use crate::model::{GIVEN_UP_AFTER, Letter, Way, next_try, next_unsure};
use crate::{MailboxError, store};

/// Letters looked at in one round.
const AT_ONCE: u16 = 50;

/// A try that does not come back within this time was lost, and the letter is tried again.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Letters after which a server that takes none is left alone for a while. One that it does not take for its own sake
/// keeps no other back.
const MOST_IN_VAIN: usize = 3;

/// Letters to an address are counted for so long.
const COUNTED: TimeDelta = TimeDelta::days(2);

/// How often the outbox is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// The longest pause while the mail server cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// A letter with its words, ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// From which the Message-ID is made, so that a letter that arrives twice is seen to be one.
    pub id: MailId,
    /// Where to: an e-mail address, or a telephone number with a leading zero.
    pub address: String,
    /// The subject; a short message has none.
    pub subject: String,
    /// The words.
    pub words: String,
    /// The message that it answers, without brackets, or empty.
    pub answers: String,
}

/// What became of handing a letter over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The server has it.
    Taken,
    /// The server takes nothing for this address, for good; its words.
    Refused(String),
    /// The server has answered, and does not take this one now; why.
    Later(String),
    /// The server does not take any now, or could not be reached; why.
    Away(String),
    /// Nobody knows whether the server has it; why.
    Unsure(String),
}

/// Hands a letter to the mail server, or to the gateway for short messages.
pub trait Carrier: Send + Sync {
    /// Tries once, at the instant `now`.
    fn carry(&self, post: &Post, now: DateTime<Utc>) -> impl Future<Output = Carried> + Send;
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Letters that the server has taken.
    pub n_sent: usize,
    /// Letters for addresses that the server does not know.
    pub n_refused: usize,
    /// Letters to senders who were forgotten, that say what holds no more, or that were tried for long.
    pub n_dropped: usize,
    /// The server took none of the last ones, or there were enough today.
    pub is_cut: bool,
}

/// What became of one letter.
enum Went {
    /// The server has judged it.
    Heard,
    /// It says nothing of the server: given up, another node's, not yet to go, or put off for its own sake.
    On,
    /// The server takes none now.
    Away,
    /// There were enough today.
    Enough,
}

/// The outbox of letters of one way, and what it needs.
pub struct LetterRoom<C> {
    /// The way.
    pub way: Way,
    /// Letters handed over on one day; those beyond wait for the next. None hands over whatever there is.
    pub most_a_day: Option<i64>,
    /// Vietnamese is written with its marks.
    pub has_marks: bool,
    /// The way to the server.
    pub carrier: C,
    /// The database.
    pub db: Db,
    /// What letters are sealed with.
    pub keys: Keys,
    /// The agencies.
    pub directory: DirectoryHandle,
    /// Name of the installation.
    pub site: String,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl<C: Carrier> LetterRoom<C> {
    /// Sends what is due. Each try sends the same words under the same Message-ID; a server that takes none of
    /// several ends the round.
    ///
    /// # Errors
    ///
    /// What the store says; the next round goes on.
    pub async fn round(&self, ctx: &Ctx) -> Result<Round, MailboxError> {
        let (mut round, mut n_in_vain) = (Round::default(), 0);
        self.forget(ctx).await?;
        loop {
            let mut conn = self.db.read().await?;
            let (due, lost) =
                store::letters::due(&mut conn, &self.keys, self.way, (ctx.now_us(), AT_ONCE))
                    .await?;
            drop(conn);
            let is_last = due.len() + lost.len() < usize::from(AT_ONCE);
            for id in lost {
                tracing::error!(letter = %id, "a letter does not open with the key file and is given up");
                round.n_dropped += 1;
                self.end(ctx, id, ("dropped", "sealed with another key")).await?;
            }
            for letter in due {
                match self.handle(ctx, &letter, &mut round).await? {
                    Went::On => {}
                    Went::Heard => (n_in_vain, round.is_cut) = (0, false),
                    Went::Away => (n_in_vain, round.is_cut) = (n_in_vain + 1, true),
                    Went::Enough => (n_in_vain, round.is_cut) = (MOST_IN_VAIN, true),
                }
                if n_in_vain == MOST_IN_VAIN {
                    return Ok(round);
                }
            }
            if is_last {
                return Ok(round);
            }
        }
    }

    /// Forgets how many letters went to an address some days ago.
    async fn forget(&self, ctx: &Ctx) -> Result<(), MailboxError> {
        let before = (ctx.clock.now() - COUNTED).timestamp_micros();
        if !store::messages::is_any_day_before(&mut self.db.read().await?, before).await? {
            return Ok(());
        }
        let mut conn = self.db.write().await?;
        store::messages::forget_days(&mut conn, before).await?;
        Ok(conn.commit().await?)
    }

    async fn handle(
        &self,
        ctx: &Ctx,
        letter: &Letter,
        round: &mut Round,
    ) -> Result<Went, MailboxError> {
        let now = ctx.clock.now();
        let mut conn = self.db.write().await?;
        let until = (now + LEASE).timestamp_micros();
        if !store::letters::take(&mut conn, letter, until).await? {
            return Ok(Went::On);
        }
        let begins = self.way.begins(letter.kind, now);
        if begins > now {
            let morning = begins.timestamp_micros();
            store::letters::put_off(&mut conn, letter.id, morning, "").await?;
            conn.commit().await?;
            return Ok(Went::On);
        }
        conn.commit().await?;
        if let Some(why) = self.given_up(letter, now) {
            tracing::error!(letter = %letter.id, why, "a letter is given up");
            round.n_dropped += 1;
            self.end(ctx, letter.id, ("dropped", why)).await?;
            return Ok(Went::On);
        }
        let Some(post) = self.post(ctx, letter).await? else {
            round.n_dropped += 1;
            self.end(ctx, letter.id, ("dropped", "")).await?;
            return Ok(Went::On);
        };
        if !self.begin(ctx, letter).await? {
            return Ok(Went::Enough);
        }
        let carried = self.carrier.carry(&post, now).await;
        self.carried(ctx, letter, (carried, &post.address), round).await
    }

    /// Writes down what became of handing a letter over.
    async fn carried(
        &self,
        ctx: &Ctx,
        letter: &Letter,
        (carried, address): (Carried, &str),
        round: &mut Round,
    ) -> Result<Went, MailboxError> {
        let (words, is_unsure, went) = match carried {
            Carried::Taken => {
                round.n_sent += 1;
                self.end(ctx, letter.id, ("sent", "")).await?;
                return Ok(Went::Heard);
            }
            Carried::Refused(words) => {
                round.n_refused += 1;
                self.end(ctx, letter.id, ("rejected", &without(&words, address))).await?;
                return Ok(Went::Heard);
            }
            Carried::Later(words) => (words, false, Went::On),
            Carried::Away(words) => (words, false, Went::Away),
            Carried::Unsure(words) => (words, true, Went::Away),
        };
        let way = self.way.code();
        tracing::warn!(letter = %letter.id, way, is_unsure, "a letter is not taken now");
        let now = ctx.clock.now();
        let next = match is_unsure {
            true => next_unsure(now, letter.n_unsure + 1),
            false => next_try(now, letter.n_tries + 1),
        };
        let mut conn = self.db.write().await?;
        if !is_unsure {
            self.take_back(ctx, &mut conn, letter).await?;
        }
        let words = without(&words, address);
        store::letters::put_off(&mut conn, letter.id, next.timestamp_micros(), &words).await?;
        conn.commit().await?;
        Ok(went)
    }

    /// Counts the letter as one of today and as one that may have been heard, before it is handed over. Answers false
    /// when there were enough today; then it waits on.
    async fn begin(&self, ctx: &Ctx, letter: &Letter) -> Result<bool, MailboxError> {
        if self.most_a_day.is_none() && self.way.most_unsure().is_none() {
            return Ok(true);
        }
        let mut conn = self.db.write().await?;
        let may_go = self.may_go(ctx, &mut conn).await?;
        if may_go && self.way.most_unsure().is_some() {
            store::letters::begin(&mut conn, letter.id).await?;
        }
        if !may_go {
            store::messages::uncount_day(&mut conn, &self.day(ctx)).await?;
            store::letters::put_off(&mut conn, letter.id, ctx.now_us(), "").await?;
        }
        conn.commit().await?;
        Ok(may_go)
    }

    /// What [`Self::begin`] counted, of a letter that was not heard.
    async fn take_back(
        &self,
        ctx: &Ctx,
        conn: &mut Conn,
        letter: &Letter,
    ) -> Result<(), StoreError> {
        if self.most_a_day.is_some() {
            store::messages::uncount_day(conn, &self.day(ctx)).await?;
        }
        if self.way.most_unsure().is_some() {
            store::letters::unheard(conn, letter.id).await?;
        }
        Ok(())
    }

    /// Under what letters of today are counted.
    fn day(&self, ctx: &Ctx) -> [u8; 32] {
        FileHash::of(format!("{} of {}", self.way.code(), ctx.today()).as_bytes()).0
    }

    /// Why a letter is not tried again, if so.
    fn given_up(&self, letter: &Letter, now: DateTime<Utc>) -> Option<&'static str> {
        if now - letter.made_at > GIVEN_UP_AFTER {
            return Some("waited for days");
        }
        let is_heard = self.way.most_unsure().is_some_and(|most| letter.n_unsure >= most);
        is_heard.then_some("may have been heard more than once")
    }

    /// Counts one letter more of today; false once there were enough.
    async fn may_go(&self, ctx: &Ctx, conn: &mut Conn) -> Result<bool, StoreError> {
        let Some(most) = self.most_a_day else { return Ok(true) };
        let n = store::messages::count_day(conn, &self.day(ctx), ctx.now_us()).await?;
        if n > most {
            tracing::warn!(way = self.way.code(), most, "enough letters today, the rest waits");
        }
        Ok(n <= most)
    }

    /// The letter with its words and where it goes; none once its sender was forgotten, and once what it says holds no
    /// more.
    async fn post(&self, ctx: &Ctx, letter: &Letter) -> Result<Option<Post>, MailboxError> {
        let mut conn = self.db.read().await?;
        let case = match letter.petition {
            Some(id) => match to_sender(ctx, &mut conn, &self.keys, id).await? {
                Some(case) if letter.kind.holds(&case) => Some(case),
                _ => return Ok(None),
            },
            None => None,
        };
        let directory = self.directory.directory();
        let agency = case.as_ref().map_or("", |it| directory.name(it.holder));
        let house = House { site: &self.site, url: &self.url, has_marks: self.has_marks };
        let (subject, words) = written(&house, letter, (case.as_ref(), agency)).map_err(|err| {
            let (table, row) = ("mailbox_letters", letter.id.to_string());
            StoreError::Corrupt { table, row, reason: err.to_string() }
        })?;
        let (address, answers) = match case {
            // Who was reached another way when it was written is told what comes next.
            Some(case) => match (case.reach, self.way) {
                (Reach::Mail(address), Way::Mail) | (Reach::Phone(address), Way::Sms) => {
                    (address, case.message_id)
                }
                _ => return Ok(None),
            },
            None => (letter.about.address.clone(), letter.about.message_id.clone()),
        };
        Ok(Some(Post { id: letter.id, address, subject, words, answers }))
    }

    async fn end(
        &self,
        ctx: &Ctx,
        id: MailId,
        (state, error): (&'static str, &str),
    ) -> Result<(), StoreError> {
        let mut conn = self.db.write().await?;
        store::letters::end(&mut conn, id, (state, error), ctx.now_us()).await?;
        conn.commit().await
    }

    /// Sends for ever. While the mail server cannot be reached the pauses grow; nothing is lost.
    pub async fn run(self: Arc<Self>, ctx: Ctx) {
        let mut pause = PERIOD;
        loop {
            pause = match self.round(&ctx).await {
                Ok(Round { is_cut: false, .. }) => PERIOD,
                Ok(_) => (pause * 2).min(LONGEST_PAUSE),
                Err(err) => {
                    tracing::warn!(error = %err, "letters have to wait for the store");
                    PERIOD * 6
                }
            };
            tokio::time::sleep(pause).await;
        }
    }
}

/// What a server says of an address, without the address: it stands nowhere but sealed.
fn without(words: &str, address: &str) -> String {
    if address.is_empty() {
        return words.to_owned();
    }
    words.to_lowercase().replace(address, "…")
}
