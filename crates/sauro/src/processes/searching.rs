//! From what happens to what is found: a reader of the journal that keeps the index.
//!
//! Its place is written with the index itself, in one commit, so that after a crash the index and its place
//! agree. A thing that an entry names is read again from its room and put in place of what was known of it, or
//! taken out when it is public no more, so that an entry seen twice changes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sauro_directory::{DirectoryError, DirectoryHandle};
use sauro_journal::Entry;
use sauro_kernel::{Ctx, ProgrammeId, TaskId};
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_search::{IndexError, Place, SearchIndex};
use sauro_store::{Conn, Db, StoreError};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::findable::{self, Reading, Touched, by_kind, touched};

/// Entries taken in one step.
const AT_ONCE: u16 = 500;

/// Things read at once.
const THINGS: usize = 256;

/// Things put into an index that is made anew before they can be found.
const BATCH: usize = 4_000;

/// Entries that touch nothing public and are gone past before the place is written all the same, so that a start
/// does not read them again.
const IDLE: i64 = 5_000;

/// Looks at the journal without anything new after which the memory for writing is given back: half a minute.
const QUIET: u32 = 150;

/// Why the index did not get on.
#[derive(Debug, thiserror::Error)]
pub enum SearchingError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The catalogue could not be read.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// Keeps the index of this process.
#[derive(Clone)]
pub struct SearchProcess {
    ctx: Ctx,
    index: SearchIndex,
    directory: DirectoryHandle,
    /// The last entry that was looked at; the index may know less when nothing public was touched since.
    seen: Arc<AtomicI64>,
}

impl SearchProcess {
    /// How often the journal is looked at: a change is found within this time and a commit of the index.
    pub const PERIOD: Duration = Duration::from_millis(200);

    /// Keeps `index`, done by the machine room `ctx`, with the names in `directory`.
    pub fn new(ctx: Ctx, index: SearchIndex, directory: DirectoryHandle) -> Self {
        let seen = Arc::new(AtomicI64::new(index.place().position));
        Self { ctx, index, directory, seen }
    }

    /// Takes in what has happened since; an index that is not whole is made first. Answers how many entries there
    /// were.
    ///
    /// # Errors
    ///
    /// [`SearchingError`]; the next call tries the same entries again.
    pub async fn follow(&self, db: &Db) -> Result<usize, SearchingError> {
        let place = self.index.place();
        if !place.is_whole {
            self.rebuild(db).await?;
        }
        sauro_journal::seal(db).await?;
        let after = self.seen.load(Ordering::Relaxed).max(self.index.place().position);
        let mut conn = db.read().await?;
        let entries = sauro_journal::read_after(&mut conn, after, AT_ONCE).await?;
        let Some(last) = entries.last().map(|it| it.position) else { return Ok(0) };
        let is_changed = self.take(db, &mut conn, &entries).await?;
        if is_changed || last - self.index.place().position >= IDLE {
            self.commit(Place { position: last, is_whole: true }).await?;
        }
        self.seen.store(last, Ordering::Relaxed);
        Ok(entries.len())
    }

    /// Makes the index anew from the rooms. What was whole is found as it was until the new one is.
    ///
    /// # Errors
    ///
    /// [`SearchingError`]; then it is begun again.
    pub async fn rebuild(&self, db: &Db) -> Result<usize, SearchingError> {
        let done = self.made(db).await;
        if done.is_err() {
            // What was half made is not to come with the next commit.
            self.blocking(|index| {
                index.let_go();
                Ok(())
            })
            .await?;
        }
        done
    }

    async fn made(&self, db: &Db) -> Result<usize, SearchingError> {
        self.directory.follow(&self.ctx, db).await?;
        // The place is taken first: entries that come meanwhile are followed afterwards.
        sauro_journal::seal(db).await?;
        let position = sauro_journal::last_position(&mut db.read().await?).await?;
        let was_whole = self.index.place().is_whole;
        self.blocking(|index| index.clear()).await?;
        let (mut n, mut n_put) = (0, 0);
        for kind in Kind::ALL {
            let mut after = String::new();
            loop {
                let mut conn = db.read().await?;
                let directory = self.directory.directory();
                let mut reading = Reading { conn: &mut conn, directory: &directory };
                let ids = findable::next_ids(&mut reading, kind, &after).await?;
                let Some(last) = ids.last() else { break };
                after.clone_from(last);
                for some in ids.chunks(THINGS) {
                    let docs = findable::docs(&mut reading, kind, some).await?;
                    n += docs.len();
                    self.blocking(move |index| index.put(&docs)).await?;
                }
                if n - n_put >= BATCH && !was_whole {
                    self.commit(Place { position: 0, is_whole: false }).await?;
                    n_put = n;
                }
            }
        }
        self.commit(Place { position, is_whole: true }).await?;
        self.seen.store(position, Ordering::Relaxed);
        Ok(n)
    }

    /// Follows for ever. A failing store is tried again after a pause, a broken index is made anew, and one that
    /// another process writes is read as that process leaves it.
    pub async fn run(self, db: Db) {
        let mut n_quiet = 0_u32;
        loop {
            let outcome = self.step(&db).await;
            n_quiet = if matches!(outcome, Ok(0)) { n_quiet.saturating_add(1) } else { 0 };
            if n_quiet == QUIET {
                // What is written next takes the memory for it anew.
                self.index.let_go();
            }
            let pause = match outcome {
                Ok(n) if n >= usize::from(AT_ONCE) => continue,
                Ok(_) => Self::PERIOD,
                Err(SearchingError::Index(IndexError::Locked)) => {
                    if let Err(err) = self.blocking(|index| index.look_again()).await {
                        tracing::warn!(error = %err, "the index of another process cannot be read");
                    }
                    Self::PERIOD * 5
                }
                Err(SearchingError::Index(err)) => {
                    tracing::warn!(error = %err, "the index is made anew");
                    if let Err(err) = self.blocking(|index| index.reset()).await {
                        tracing::error!(error = %err, "the index cannot be made anew");
                    }
                    Self::PERIOD * 10
                }
                Err(err) => {
                    tracing::warn!(error = %err, "the index lags behind the journal");
                    Self::PERIOD * 10
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn step(&self, db: &Db) -> Result<usize, SearchingError> {
        if self.index.is_doubted() {
            return Err(IndexError::Broken("a question found it so".to_owned()).into());
        }
        if self.blocking(|index| Ok(index.takes_rebuild())).await? {
            self.rebuild(db).await?;
        }
        self.follow(db).await
    }

    /// Puts what `entries` touched into the index. Answers whether there was anything.
    async fn take(
        &self,
        db: &Db,
        conn: &mut Conn,
        entries: &[Entry],
    ) -> Result<bool, SearchingError> {
        let Touched { keys, programmes, kinds } = touched(entries);
        if keys.is_empty() && kinds.is_empty() {
            return Ok(false);
        }
        if kinds.contains(&Kind::Agency) {
            self.directory.follow(&self.ctx, db).await?;
        }
        let directory = self.directory.directory();
        let mut reading = Reading { conn, directory: &directory };
        for (kind, ids) in by_kind(keys) {
            self.refresh(&mut reading, kind, &ids).await?;
        }
        for programme in programmes {
            self.tasks_of(&mut reading, programme).await?;
        }
        for kind in kinds {
            let mut after = String::new();
            loop {
                let ids = findable::next_ids(&mut reading, kind, &after).await?;
                let Some(last) = ids.last() else { break };
                after.clone_from(last);
                self.refresh(&mut reading, kind, &ids).await?;
            }
        }
        Ok(true)
    }

    /// Reads the tasks of `programme` again: they are shown and hidden together with it.
    async fn tasks_of(
        &self,
        reading: &mut Reading<'_>,
        programme: Uuid,
    ) -> Result<(), SearchingError> {
        let (programme, mut after) = (ProgrammeId(programme), TaskId(Uuid::nil()));
        loop {
            let ids = findable::of_programme_after(reading, programme, after).await?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            self.refresh(reading, Kind::Task, &ids).await?;
        }
    }

    /// Puts those of `ids` that are public in place of what was known of them, and takes the others out.
    async fn refresh(
        &self,
        reading: &mut Reading<'_>,
        kind: Kind,
        ids: &[String],
    ) -> Result<(), SearchingError> {
        for some in ids.chunks(THINGS) {
            let docs: Vec<Doc> = findable::docs(reading, kind, some).await?;
            let gone: Vec<DocKey> = some
                .iter()
                .filter(|id| docs.iter().all(|it| it.key.id != **id))
                .map(|id| DocKey::new(kind, id))
                .collect();
            self.blocking(move |index| {
                index.remove(&gone)?;
                index.put(&docs)
            })
            .await?;
        }
        Ok(())
    }

    async fn commit(&self, place: Place) -> Result<(), SearchingError> {
        self.blocking(move |index| index.commit(place)).await
    }

    /// Does `work`, which waits for the disk, where it holds up nobody.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&SearchIndex) -> Result<T, IndexError> + Send + 'static,
    ) -> Result<T, SearchingError> {
        let index = self.index.clone();
        let done = spawn_blocking(move || work(&index)).await;
        Ok(done.unwrap_or_else(|err| Err(IndexError::Broken(err.to_string())))?)
    }
}
