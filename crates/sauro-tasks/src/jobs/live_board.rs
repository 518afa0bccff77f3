use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sauro_journal::Entry;
use sauro_kernel::{AgencyId, AgencyPath, ProgrammeId, TaskId};
use sauro_store::{Conn, Db, StoreError};
use tokio::sync::{RwLock, watch};
use uuid::Uuid;

use super::day_boards::{self, DayBoards};
use super::pulse::{Beat, Change, Concern, Pulse};
use crate::model::{Audience, Board, Counts, DayBoard, Moment, PastDay};
use crate::store;

/// Entries taken in one step, and rows read in one query.
const AT_ONCE: u16 = 500;

/// The [`Board`] of this process: loaded once, then kept true by following the journal.
///
/// It is a cache, so its place in the journal lives in memory. Each task that an entry names is read
/// again and put in place of what was counted before, so that an entry seen twice changes nothing.
#[derive(Clone, Default)]
pub struct LiveBoard(Arc<Inner>);

#[derive(Default)]
struct Inner {
    board: RwLock<Board>,
    position: AtomicI64,
    changed_at: AtomicI64,
    shown_at: AtomicI64,
    days: DayBoards,
    pulse: Pulse,
}

impl LiveBoard {
    /// How often the journal is looked at: a change is on every page within this time and a little.
    pub const PERIOD: Duration = Duration::from_millis(200);

    /// Counts all tasks of `db`.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn load(db: &Db) -> Result<Self, StoreError> {
        let live = Self::default();
        // The place is taken first: entries that come meanwhile are followed afterwards.
        sauro_journal::seal(db).await?;
        let position = sauro_journal::last_position(&mut db.read().await?).await?;
        live.0.position.store(position, Ordering::Relaxed);
        live.0.changed_at.store(position, Ordering::Release);
        live.0.shown_at.store(position, Ordering::Release);
        live.0.pulse.start(position);
        let mut after = TaskId(Uuid::nil());
        loop {
            let rows = store::results::counted_after(&mut db.read().await?, after, 5_000).await?;
            let Some((last, _)) = rows.last() else { return Ok(live) };
            after = *last;
            let mut board = live.0.board.write().await;
            for (id, task) in rows {
                board.put(id, Some(task));
            }
        }
    }

    /// Takes in what has happened since. Answers how many entries there were.
    ///
    /// # Errors
    ///
    /// What the store says; the next call tries the same entries again.
    pub async fn follow(&self, db: &Db) -> Result<usize, StoreError> {
        sauro_journal::seal(db).await?;
        let after = self.0.position.load(Ordering::Relaxed);
        let mut conn = db.read().await?;
        let entries = sauro_journal::read_after(&mut conn, after, AT_ONCE).await?;
        let Some(last) = entries.last().map(|entry| entry.position) else { return Ok(0) };
        let mut touched: BTreeSet<TaskId> = entries.iter().filter_map(task_of).collect();
        let programmes: BTreeSet<ProgrammeId> = entries.iter().filter_map(programme_of).collect();
        for programme in &programmes {
            touched.extend(tasks_of(&mut conn, *programme).await?);
        }
        let is_changed = !touched.is_empty() || !programmes.is_empty();
        let touched: Vec<TaskId> = touched.into_iter().collect();
        let mut change = Change::of(last, touched.len());
        if change.is_told_apart() {
            change.agencies = store::results::agencies_of(&mut conn, &touched).await?;
        }
        let mut rows = Vec::with_capacity(touched.len());
        for some in touched.chunks(usize::from(AT_ONCE)) {
            rows.extend(store::results::counted_of(&mut conn, some).await?);
        }
        let mut board = self.0.board.write().await;
        let mut gone: BTreeSet<TaskId> = touched.into_iter().collect();
        let mut has_shown_or_hidden = false;
        for (id, task) in rows {
            gone.remove(&id);
            if change.is_told_apart() {
                change.paths.insert(task.lead_path.clone());
            }
            has_shown_or_hidden |= board.knows(id) && board.is_shown(id) != task.is_public;
            board.put(id, Some(task));
        }
        for id in gone {
            has_shown_or_hidden |= board.is_shown(id);
            board.put(id, None);
        }
        self.0.position.store(last, Ordering::Relaxed);
        if has_shown_or_hidden {
            self.0.shown_at.store(last, Ordering::Release);
        }
        if is_changed {
            self.0.changed_at.store(last, Ordering::Release);
            drop(board);
            self.0.pulse.tell(change);
        }
        Ok(entries.len())
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self, db: Db) {
        loop {
            match self.follow(&db).await {
                Ok(n) if n >= usize::from(AT_ONCE) => {}
                Ok(_) => tokio::time::sleep(Self::PERIOD).await,
                Err(err) => {
                    tracing::warn!(error = %err, "the board lags behind the journal");
                    tokio::time::sleep(Self::PERIOD * 10).await;
                }
            }
        }
    }

    /// The counts at `moment` of what is led at `path` and below.
    pub async fn counts(
        &self,
        audience: Audience,
        programme: Option<ProgrammeId>,
        path: &str,
        moment: Moment,
    ) -> Counts {
        self.0.board.read().await.counts(audience, programme, path, moment)
    }

    /// Many counts of one instant, without another's change in between.
    pub async fn look<T>(&self, ask: impl FnOnce(&Board) -> T) -> T {
        ask(&*self.0.board.read().await)
    }

    /// All tasks as they were at the end of `day`, seen on `now`. Made once and kept.
    ///
    /// # Errors
    ///
    /// What the store says; busy when too many ask for days that are not made yet.
    pub async fn day(
        &self,
        db: &Db,
        day: PastDay,
        now: DateTime<Utc>,
    ) -> Result<Arc<DayBoard>, StoreError> {
        self.0.days.day(db, self, day, now).await
    }

    /// All tasks as they were at the instant `at`, not kept.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn at(&self, db: &Db, at: DateTime<Utc>) -> Result<DayBoard, StoreError> {
        day_boards::held(db, self, at.timestamp_micros(), Moment::of(at)).await
    }

    /// Position of the last entry that showed a task to the public or hid it: what was rendered of a
    /// past day at the same value is still true.
    pub fn shown_at(&self) -> i64 {
        self.0.shown_at.load(Ordering::Acquire)
    }

    /// Position of the last entry that named a task or a programme: what was rendered at the same
    /// value is still true, but for the time of day.
    pub fn changed_at(&self) -> i64 {
        self.0.changed_at.load(Ordering::Acquire)
    }

    /// Listens for changes: one value for everybody, the newest.
    pub fn listen(&self) -> watch::Receiver<Beat> {
        self.0.pulse.listen()
    }

    /// Whom the changes after the position `after` concern: `agency`, and the `scope` it oversees.
    pub fn concern(&self, after: i64, agency: AgencyId, scope: &AgencyPath) -> Concern {
        self.0.pulse.concern(after, agency, scope)
    }

    /// Sends all who listen home: the process is about to end.
    pub fn close(&self) {
        self.0.pulse.close();
    }

    /// Position of the last journal entry taken in.
    pub fn position(&self) -> i64 {
        self.0.position.load(Ordering::Relaxed)
    }
}

/// The tasks of `programme`: they are shown or hidden together with it.
async fn tasks_of(conn: &mut Conn, programme: ProgrammeId) -> Result<Vec<TaskId>, StoreError> {
    let mut all: Vec<TaskId> = Vec::new();
    loop {
        let after = all.last().copied().unwrap_or(TaskId(Uuid::nil()));
        let some = store::results::ids_of_programme(conn, programme, after, AT_ONCE).await?;
        if some.is_empty() {
            return Ok(all);
        }
        all.extend(some);
    }
}

/// The programme an entry is about, if any.
fn programme_of(entry: &Entry) -> Option<ProgrammeId> {
    entry.subject.strip_prefix("programme/")?.parse().ok()
}

/// The task an entry is about, if any.
fn task_of(entry: &Entry) -> Option<TaskId> {
    entry.subject.strip_prefix("task/")?.parse().ok()
}
