use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::Days;
use sauro_directory::DirectoryHandle;
use sauro_kernel::Ctx;
use sauro_petitions::actions::House;
use sauro_store::{Db, Files, Keys};

use super::imap::{Imap, ImapError, ImapPlace};
use crate::MailboxError;
use crate::actions::{Arrived, Mailbox, Outcome, take_in};

/// Messages looked at in one round, so that one connection does not stay open for ever.
const AT_ONCE: usize = 100;

/// How often the mailbox is looked at.
const PERIOD: Duration = Duration::from_secs(30);

/// The longest pause while the server cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Older messages stay where they are: whoever names a mailbox that was used before takes in no old letters.
const OLDEST: Days = Days::new(30);

/// Larger messages are not taken in.
const LARGEST: usize = 60 * 1024 * 1024;

/// Faults one after the other after which a round is given up.
const MOST_FAULTS: usize = 3;

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Collected {
    /// Messages that are cases.
    pub n_taken: usize,
    /// Messages that cannot be; their senders are told.
    pub n_refused: usize,
    /// Messages that nobody wrote.
    pub n_skipped: usize,
    /// Messages that stay for the next round.
    pub n_left: usize,
}

/// Reads one mailbox.
pub struct Collector {
    /// Where the mailbox is.
    pub place: ImapPlace,
    /// What it knows of itself.
    pub mailbox: Mailbox,
    /// The database.
    pub db: Db,
    /// The files.
    pub files: Files,
    /// What senders are sealed with.
    pub keys: Keys,
    /// The agencies and the calendar.
    pub directory: DirectoryHandle,
    /// The last message looked at: those that have to wait do not keep later ones back.
    pub seen: AtomicU32,
}

/// Why a round was given up.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Imap(#[from] ImapError),
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
}

impl Collector {
    /// Takes in what lies in the mailbox. A message is marked and put aside only once it is durable what it came
    /// to; broken off anywhere the next round goes on, and takes nothing in twice.
    ///
    /// # Errors
    ///
    /// [`ImapError`] when the mailbox cannot be entered.
    pub async fn round(&self, ctx: &Ctx) -> Result<Collected, ImapError> {
        let mut imap = Imap::enter(&self.place).await?;
        let collected = self.collect(ctx, &mut imap).await;
        imap.leave().await;
        collected
    }

    async fn collect(&self, ctx: &Ctx, imap: &mut Imap) -> Result<Collected, ImapError> {
        let mut collected = Collected::default();
        let since = ctx.today().checked_sub_days(OLDEST).unwrap_or_default();
        let mut all = imap.since(since).await?;
        let seen = self.seen.load(Ordering::Relaxed);
        let n_seen = all.partition_point(|uid| *uid <= seen);
        all.rotate_left(n_seen);
        if all.is_empty() {
            return Ok(collected);
        }
        let taken = imap.folder("da-nhan").await?;
        let refused = imap.folder("tra-lai").await?;
        let skipped = imap.folder("bo-qua").await?;
        let mut n_faults = 0;
        for uid in all.iter().take(AT_ONCE) {
            self.seen.store(*uid, Ordering::Relaxed);
            let outcome = match self.deal(ctx, imap, *uid).await {
                Ok(Some(outcome)) => outcome,
                Ok(None) => continue,
                Err(Fault::Imap(err)) => return Err(err),
                // One message that cannot be dealt with does not keep others back.
                Err(err) => {
                    tracing::error!(uid, error = %err, "a message has to wait");
                    n_faults += 1;
                    collected.n_left += 1;
                    if n_faults == MOST_FAULTS {
                        break;
                    }
                    continue;
                }
            };
            n_faults = 0;
            let (n, folder) = match outcome {
                Outcome::Taken(_) => (&mut collected.n_taken, &taken),
                Outcome::Refused => (&mut collected.n_refused, &refused),
                Outcome::Skipped(_) => (&mut collected.n_skipped, &skipped),
                Outcome::Later => {
                    collected.n_left += 1;
                    continue;
                }
            };
            imap.put(*uid, folder).await?;
            *n += 1;
        }
        Ok(collected)
    }

    /// Deals with one message; none when it is gone.
    async fn deal(&self, ctx: &Ctx, imap: &mut Imap, uid: u32) -> Result<Option<Outcome>, Fault> {
        let Some(size) = imap.size(uid).await? else { return Ok(None) };
        let arrived = if size > LARGEST {
            imap.head(uid).await?.map(|head| Arrived::TooLarge(head, size >> 20))
        } else {
            imap.whole(uid).await?.map(Arrived::Whole)
        };
        let Some(arrived) = arrived else { return Ok(None) };
        let (directory, calendar) = (self.directory.directory(), self.directory.calendar());
        let house = House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &directory,
            calendar: &calendar,
        };
        Ok(Some(take_in(ctx, &house, &self.mailbox, arrived).await?))
    }

    /// Reads for ever. While the server cannot be reached the pauses grow; messages wait there.
    pub async fn run(self, ctx: Ctx) {
        let mut pause = PERIOD;
        loop {
            match self.round(&ctx).await {
                Ok(collected) => {
                    if collected != Collected::default() {
                        tracing::info!(?collected, "mail was taken in");
                    }
                    pause = PERIOD;
                }
                Err(err) => {
                    tracing::warn!(error = %err, "the mailbox has to wait");
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
            tokio::time::sleep(pause).await;
        }
    }
}
