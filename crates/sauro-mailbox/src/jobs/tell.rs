use std::time::Duration;

use chrono::TimeDelta;
use sauro_journal::{Digest, DigestError, Entry, Reader, ReaderError};
use sauro_kernel::Ctx;
use sauro_petitions::PetitionsError;
use sauro_petitions::model::Ways;
use sauro_store::{Conn, Db, Keys};

use crate::MailboxError;
use crate::actions::{Told, letters_about, write_letters};

/// The reader that tells senders. Its name is from when only those who came by mail were told.
pub const MAIL_SENDERS: Reader = Reader::new("petition_mail");

/// Entries taken at once.
const AT_ONCE: u16 = 1_000;

/// How often the journal is looked at: with the outbox, a letter is on its way within two seconds.
const PERIOD: Duration = Duration::from_secs(1);

/// What is older when the reader starts for the first time is told to nobody.
const NEWS: TimeDelta = TimeDelta::days(1);

/// Turns entries of the journal into letters to those who sent a case.
#[derive(Clone)]
pub struct TellSenders {
    ctx: Ctx,
    keys: Keys,
    ways: Ways,
}

impl TellSenders {
    /// The process, done by the machine room `ctx`, which opens senders with `keys` and tells them on `ways`.
    pub fn new(ctx: Ctx, keys: Keys, ways: Ways) -> Self {
        Self { ctx, keys, ways }
    }

    /// Takes in what has happened since. Answers how many entries there were.
    ///
    /// # Errors
    ///
    /// What the store says; the next call tries the same entries again.
    pub async fn follow(&self, db: &Db) -> Result<usize, ReaderError> {
        let fresh = MAIL_SENDERS.fresh(db, AT_ONCE).await?;
        MAIL_SENDERS.digest(db, self.ctx.now_us(), &fresh, self).await?;
        Ok(fresh.entries.len())
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self, db: Db) {
        let news = (self.ctx.clock.now() - NEWS).timestamp_micros();
        while let Err(err) = MAIL_SENDERS.begin_since(&db, news).await {
            tracing::warn!(error = %err, "letters to senders have to wait for the store");
            tokio::time::sleep(PERIOD * 2).await;
        }
        loop {
            match self.follow(&db).await {
                Ok(n) if n >= usize::from(AT_ONCE) => {}
                // Another node was faster.
                Ok(_) | Err(ReaderError::Overtaken) => tokio::time::sleep(PERIOD).await,
                Err(err) => {
                    tracing::warn!(error = %err, "letters to senders lag behind the journal");
                    tokio::time::sleep(PERIOD * 6).await;
                }
            }
        }
    }
}

impl Digest for TellSenders {
    type Plan = Vec<Told>;

    async fn plan(&self, conn: &mut Conn, entries: &[Entry]) -> Result<Vec<Told>, DigestError> {
        let mut told = Vec::new();
        for entry in entries {
            let by = (&self.keys, self.ways);
            told.extend(letters_about(&self.ctx, conn, by, entry).await.map_err(of_entry)?);
        }
        Ok(told)
    }

    async fn write(&self, conn: &mut Conn, told: Vec<Told>) -> Result<(), DigestError> {
        write_letters(&self.ctx, conn, &self.keys, &told).await.map_err(of_entry)
    }
}

fn of_entry(err: MailboxError) -> DigestError {
    match err {
        MailboxError::Store(err) | MailboxError::Petitions(PetitionsError::Store(err)) => {
            err.into()
        }
        err => DigestError::Entry(err.to_string()),
    }
}
