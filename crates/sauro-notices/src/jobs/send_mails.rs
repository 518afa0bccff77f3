use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sauro_kernel::{AccountId, Ctx, WorkingCalendar};
use sauro_store::{Conn, Db, StoreError};

use super::letter;
use crate::model::{Carried, Desk, GIVEN_UP_AFTER, Letter, Notice, next_try, sendable};
use crate::store::{self, mails::Due};

/// Mails looked at in one round.
const AT_ONCE: u16 = 100;

/// A try that does not come back within this time was lost, and the mail is tried again.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// How often the outbox is looked at.
const PERIOD: Duration = Duration::from_secs(20);

/// The longest pause while the mail server cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Who sits where, asked of the room of accounts.
pub trait Holders: Send + Sync {
    /// Who sits at `desks` on the day `on`.
    fn holders(
        &self,
        conn: &mut Conn,
        desks: &[Desk],
        on: NaiveDate,
    ) -> impl Future<Output = Result<Vec<(Desk, AccountId)>, StoreError>> + Send;
}

/// Hands a mail to the mail server.
pub trait Carrier: Send + Sync {
    /// Tries once, at the instant `now`.
    fn carry(&self, letter: &Letter, now: DateTime<Utc>) -> impl Future<Output = Carried> + Send;
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Mails that the server has taken.
    pub n_sent: usize,
    /// Mails for addresses that the server does not know.
    pub n_refused: usize,
    /// Mails that nobody needs any more, or that were tried for days.
    pub n_dropped: usize,
    /// Why the server could not be reached; the round ended there.
    pub fault: Option<&'static str>,
}

/// The outbox and what it needs.
pub struct MailRoom<H, C> {
    /// Who sits where.
    pub holders: H,
    /// The way to the mail server.
    pub carrier: C,
    /// Name of the installation.
    pub site: String,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl<H: Holders, C: Carrier> MailRoom<H, C> {
    /// Sends what is due. A mail is closed before it is sent, so that each try sends the same words
    /// under the same Message-ID; a mail server that does not answer ends the round.
    ///
    /// # Errors
    ///
    /// What the store says; the next round goes on.
    pub async fn round(
        &self,
        ctx: &Ctx,
        db: &Db,
        calendar: &WorkingCalendar,
    ) -> Result<Round, StoreError> {
        let mut round = Round::default();
        loop {
            let due = store::mails::due(&mut db.read().await?, ctx.now_us(), AT_ONCE).await?;
            let is_last = due.len() < usize::from(AT_ONCE);
            for it in due {
                self.handle(ctx, db, calendar, it, &mut round).await?;
                if round.fault.is_some() {
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
        db: &Db,
        calendar: &WorkingCalendar,
        due: Due,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let now = ctx.clock.now();
        let (id, is_hurried) = (due.letter.id, due.letter.is_hurried);
        let allowed = sendable(calendar, now, is_hurried);
        if allowed > now {
            let mut conn = db.write().await?;
            store::mails::put_off(&mut conn, id, allowed.timestamp_micros(), "").await?;
            return conn.commit().await;
        }
        let Some(letter) = self.closed(ctx, db, &due).await? else {
            round.n_dropped += 1;
            return self.end(ctx, db, id, "dropped", "").await;
        };
        let mut conn = db.write().await?;
        let until = (now + LEASE).timestamp_micros();
        let is_ours = (!due.is_open || store::mails::close(&mut conn, &letter).await?)
            && store::mails::take(&mut conn, id, due.next_at, until).await?;
        conn.commit().await?;
        if !is_ours {
            return Ok(());
        }
        match self.carrier.carry(&letter, now).await {
            Carried::Taken => {
                round.n_sent += 1;
                self.end(ctx, db, id, "sent", "").await
            }
            Carried::Refused(words) => {
                round.n_refused += 1;
                let mut conn = db.write().await?;
                let (account, address) = (letter.account, letter.address.as_str());
                store::mails::end(&mut conn, id, "rejected", &words, ctx.now_us()).await?;
                let now_us = ctx.now_us();
                store::mail_settings::reject(&mut conn, account, address, &words, now_us).await?;
                conn.commit().await
            }
            Carried::Later(words) | Carried::Away(words)
                if now - letter.made_at > GIVEN_UP_AFTER =>
            {
                tracing::error!(mail = %id, error = words, "a mail was tried for days and is given up");
                round.n_dropped += 1;
                self.end(ctx, db, id, "dropped", &words).await
            }
            Carried::Later(words) | Carried::Away(words) => {
                tracing::warn!(mail = %id, error = words, "the mail server does not take mail now");
                round.fault = Some("the mail server does not take mail now");
                let next = next_try(calendar, now, letter.n_tries + 1, is_hurried);
                let mut conn = db.write().await?;
                store::mails::put_off(&mut conn, id, next.timestamp_micros(), &words).await?;
                conn.commit().await
            }
        }
    }

    /// The letter with its words: those fixed before, or those of the notices in an open mail. None
    /// when its reader wants no mail any more, or sits at none of the desks.
    async fn closed(&self, ctx: &Ctx, db: &Db, due: &Due) -> Result<Option<Letter>, StoreError> {
        let letter = due.letter.clone();
        let mut conn = db.read().await?;
        let settings = store::mail_settings::find(&mut conn, letter.account).await?;
        let wanted = settings.filter(|it| it.is_on && it.rejected.is_none());
        let Some(settings) = wanted else { return Ok(None) };
        let notices = store::mails::notices_of(&mut conn, letter.id).await?;
        let desks: Vec<Desk> = notices.iter().map(|it| it.desk).collect();
        let held = self.holders.holders(&mut conn, &desks, ctx.today()).await?;
        drop(conn);
        let is_held = |it: &Notice| held.contains(&(it.desk, letter.account));
        // Words that are fixed stay so while all of them are still the reader's business.
        if !due.is_open && notices.iter().all(is_held) {
            return Ok(Some(letter));
        }
        let notices: Vec<Notice> = notices.into_iter().filter(is_held).collect();
        if notices.is_empty() {
            return Ok(None);
        }
        let (subject, plain, html) =
            letter::written(&self.site, &self.url, &notices).map_err(|err| {
                StoreError::Corrupt {
                    table: "mails",
                    row: letter.id.to_string(),
                    reason: err.to_string(),
                }
            })?;
        Ok(Some(Letter { address: settings.address, subject, plain, html, ..letter }))
    }

    async fn end(
        &self,
        ctx: &Ctx,
        db: &Db,
        id: sauro_kernel::MailId,
        state: &'static str,
        error: &str,
    ) -> Result<(), StoreError> {
        let mut conn = db.write().await?;
        store::mails::end(&mut conn, id, state, error, ctx.now_us()).await?;
        conn.commit().await
    }

    /// Sends for ever. While the mail server cannot be reached the pauses grow; nothing is lost.
    pub async fn run(
        self,
        ctx: Ctx,
        db: Db,
        calendar: impl Fn() -> std::sync::Arc<WorkingCalendar> + Send,
    ) {
        let mut pause = PERIOD;
        loop {
            let today = calendar();
            pause = match self.round(&ctx, &db, &today).await {
                Ok(Round { fault: None, .. }) => PERIOD,
                Ok(_) => (pause * 2).min(LONGEST_PAUSE),
                Err(err) => {
                    tracing::warn!(error = %err, "the outbox has to wait for the store");
                    PERIOD * 3
                }
            };
            tokio::time::sleep(pause).await;
        }
    }
}
