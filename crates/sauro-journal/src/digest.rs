use std::ops::Range;

use sauro_store::{Conn, Db, StoreError};

use crate::{Entry, Fresh, Reader, ReaderError, last_position, parked, read_after, seal};

/// What a reader makes of entries, in two steps so that nobody waits while it thinks.
pub trait Digest: Sync {
    /// What is to be written.
    type Plan: Send;

    /// Makes a plan, reading what it needs.
    fn plan(
        &self,
        conn: &mut Conn,
        entries: &[Entry],
    ) -> impl Future<Output = Result<Self::Plan, DigestError>> + Send;

    /// Writes the plan, in the transaction that moves the cursor.
    fn write(
        &self,
        conn: &mut Conn,
        plan: Self::Plan,
    ) -> impl Future<Output = Result<(), DigestError>> + Send;
}

/// Why entries could not be digested.
#[derive(Debug, thiserror::Error)]
pub enum DigestError {
    /// An entry says what cannot be; trying again changes nothing.
    #[error("{0}")]
    Entry(String),
    /// The store failed, or a row that an entry leads to is corrupt.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Times a single entry is tried before it is parked.
const TRIES: usize = 2;

/// Parked entries tried again in one go.
const AGAIN: u16 = 10_000;

impl Reader {
    /// Digests `fresh` and moves the cursor behind it, each entry exactly once.
    ///
    /// When some entry cannot be digested the others are all the same: halves of halves are tried until
    /// it is alone, then it is parked with its error and the reader goes on. A store that cannot be
    /// reached parks nothing.
    ///
    /// # Errors
    ///
    /// [`ReaderError::Overtaken`] when another node was faster; the store's, for what to try again.
    pub async fn digest(
        &self,
        db: &Db,
        now_us: i64,
        fresh: &Fresh,
        digest: &impl Digest,
    ) -> Result<(), ReaderError> {
        let entries = &fresh.entries;
        let mut after = fresh.after;
        let mut left: Vec<Range<usize>> = std::iter::once(0..entries.len()).collect();
        while let Some(range) = left.pop() {
            let some = entries.get(range.clone()).unwrap_or_default();
            let Some(last) = some.last() else { continue };
            match self.swallow(db, digest, some, after).await {
                Ok(()) => after = last.position,
                Err(Failure::Reader(err)) => return Err(err),
                Err(Failure::Digest(_)) if some.len() > 1 => {
                    let middle = range.start + some.len() / 2;
                    left.push(middle..range.end);
                    left.push(range.start..middle);
                }
                Err(Failure::Digest(err)) => {
                    tracing::error!(
                        reader = self.name(),
                        position = last.position,
                        entry = %last.id.0,
                        error = %err,
                        "an entry could not be digested and is parked"
                    );
                    let mut conn = db.write().await?;
                    self.move_on(&mut conn, after, last.position).await?;
                    parked::insert(&mut conn, self.name(), last, &chain(&err), now_us).await?;
                    conn.commit().await?;
                    after = last.position;
                }
            }
        }
        Ok(())
    }

    /// Plans and writes `entries` and moves the cursor, in one transaction.
    async fn swallow(
        &self,
        db: &Db,
        digest: &impl Digest,
        entries: &[Entry],
        after: i64,
    ) -> Result<(), Failure> {
        let Some(last) = entries.last() else { return Ok(()) };
        let mut n_tries = 0;
        loop {
            let done = async {
                let plan = digest.plan(&mut db.read().await?, entries).await?;
                let mut conn = db.write().await?;
                // First, so that of two nodes the slower one learns of it before it writes.
                self.move_on(&mut conn, after, last.position).await?;
                digest.write(&mut conn, plan).await?;
                conn.commit().await.map_err(ReaderError::from)?;
                Ok::<(), Failure>(())
            };
            n_tries += 1;
            match done.await {
                Err(Failure::Digest(_)) if entries.len() == 1 && n_tries < TRIES => {}
                outcome => return outcome,
            }
        }
    }

    /// Tries what is parked again. Answers how many entries were digested and how many stay parked.
    ///
    /// # Errors
    ///
    /// The store's; what was digested before stays so.
    pub async fn digest_parked(
        &self,
        db: &Db,
        now_us: i64,
        digest: &impl Digest,
    ) -> Result<(usize, usize), ReaderError> {
        let positions = parked::positions_of(&mut db.read().await?, self.name(), AGAIN).await?;
        let (mut n_done, mut n_left) = (0, 0);
        for position in positions {
            let entries = read_after(&mut db.read().await?, position - 1, 1).await?;
            let Some(entry) = entries.first() else { continue };
            let again = async {
                let plan = digest.plan(&mut db.read().await?, &entries).await?;
                let mut conn = db.write().await?;
                if parked::remove(&mut conn, self.name(), position).await? {
                    digest.write(&mut conn, plan).await?;
                    conn.commit().await.map_err(ReaderError::from)?;
                }
                Ok::<(), Failure>(())
            };
            match again.await {
                Ok(()) => n_done += 1,
                Err(Failure::Reader(err)) => return Err(err),
                Err(Failure::Digest(err)) => {
                    n_left += 1;
                    let mut conn = db.write().await?;
                    parked::insert(&mut conn, self.name(), entry, &chain(&err), now_us).await?;
                    conn.commit().await?;
                }
            }
        }
        Ok((n_done, n_left))
    }

    /// Lets a reader that has never read begin with what was done since `at_us`; one that has is left
    /// where it is.
    ///
    /// # Errors
    ///
    /// The store's.
    pub async fn begin_since(&self, db: &Db, at_us: i64) -> Result<(), StoreError> {
        seal(db).await?;
        let mut conn = db.read().await?;
        if self.has_begun(&mut conn).await? {
            return Ok(());
        }
        // Entries stand in the order of time, but for the width of a few that came together.
        let (mut older, mut newer) = (0, last_position(&mut conn).await?);
        while older < newer {
            let middle = older + (newer - older + 1) / 2;
            let entries = read_after(&mut conn, middle - 1, 1).await?;
            match entries.first() {
                Some(entry) if entry.at.timestamp_micros() < at_us => older = middle,
                _ => newer = middle - 1,
            }
        }
        drop(conn);
        let mut conn = db.write().await?;
        match self.move_on(&mut conn, NOWHERE, older).await {
            Ok(()) => conn.commit().await,
            // Another node began meanwhile.
            Err(ReaderError::Overtaken) => Ok(()),
            Err(ReaderError::Store(err)) => Err(err),
        }
    }
}

/// No cursor stands here.
const NOWHERE: i64 = -1;

/// What goes wrong on the way.
enum Failure {
    /// The entries cannot be digested.
    Digest(DigestError),
    /// Nothing is known about the entries.
    Reader(ReaderError),
}

impl From<DigestError> for Failure {
    fn from(err: DigestError) -> Self {
        match err {
            DigestError::Store(err) if is_passing(&err) => Self::Reader(err.into()),
            err => Self::Digest(err),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(err: StoreError) -> Self {
        DigestError::from(err).into()
    }
}

impl From<ReaderError> for Failure {
    fn from(err: ReaderError) -> Self {
        match err {
            ReaderError::Store(err) => err.into(),
            ReaderError::Overtaken => Self::Reader(err),
        }
    }
}

/// True for failures that say nothing of what was read or written.
fn is_passing(err: &StoreError) -> bool {
    matches!(
        err,
        StoreError::Unavailable(_)
            | StoreError::Busy(_)
            | StoreError::TurnLost
            | StoreError::NotCommitted(_)
            | StoreError::Unconfirmed
    )
}

/// The message of `err` and of every cause below it.
fn chain(err: &DigestError) -> String {
    let mut words = err.to_string();
    let mut cause = std::error::Error::source(err);
    while let Some(err) = cause {
        words.push_str(": ");
        words.push_str(&err.to_string());
        cause = err.source();
    }
    words
}
