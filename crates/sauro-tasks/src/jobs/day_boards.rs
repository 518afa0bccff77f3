use std::sync::Arc;

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sauro_store::{Busy, Db, StoreError};
use tokio::sync::Semaphore;

use super::LiveBoard;
use crate::model::{DayBoard, Moment, PastDay};
use crate::store::task_history::{After, held_at};

/// Most bytes of past days kept, and the most that one of them counts for, so that one always fits.
const BYTES: u64 = 48 << 20;
const HEAVIEST: usize = 24 << 20;
/// Requests that may wait for a day to be made. Whoever comes then is asked to come again.
const WAITING: usize = 16;
/// Versions read in one query.
const AT_ONCE: u16 = 5_000;
/// How long after its end a day may still get a late commit, in microseconds.
const SETTLING_US: i64 = 120_000_000;

/// The pictures of past days, each made once by one pass over the versions that held then. A past day
/// does not change; what is hidden from the public now is hidden in the past as well.
pub(super) struct DayBoards {
    kept: Cache<Key, Arc<DayBoard>>,
    turn: Semaphore,
    queue: Semaphore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    day: PastDay,
    /// The last entry that showed or hid a task.
    shown_at: i64,
    /// While a day settles, the last change of all.
    changed_at: i64,
}

impl Default for DayBoards {
    fn default() -> Self {
        let weigh =
            |_: &Key, it: &Arc<DayBoard>| u32::try_from(it.weight().min(HEAVIEST)).unwrap_or(0);
        Self {
            kept: Cache::builder().max_capacity(BYTES).weigher(weigh).build(),
            turn: Semaphore::new(1),
            queue: Semaphore::new(WAITING),
        }
    }
}

impl DayBoards {
    /// The picture at the end of `day`.
    pub(super) async fn day(
        &self,
        db: &Db,
        live: &LiveBoard,
        day: PastDay,
        now: DateTime<Utc>,
    ) -> Result<Arc<DayBoard>, StoreError> {
        let is_settled = now.timestamp_micros() - day.last_us() > SETTLING_US;
        let changed_at = if is_settled { 0 } else { live.changed_at() };
        let key = Key { day, shown_at: live.shown_at(), changed_at };
        if let Some(board) = self.kept.get(&key) {
            return Ok(board);
        }
        let busy = |_| StoreError::Busy(Busy::QueueFull);
        let _place = self.queue.try_acquire().map_err(busy)?;
        // One at a time: making a day is work for one processor, and who waits finds it made.
        let _turn = self.turn.acquire().await.map_err(|_| StoreError::Busy(Busy::WaitedTooLong))?;
        if let Some(board) = self.kept.get(&key) {
            return Ok(board);
        }
        let board = Arc::new(held(db, live, day.last_us(), Moment::of(day.end())).await?);
        self.kept.insert(key, board.clone());
        Ok(board)
    }
}

/// Counts what held at the instant `at`, seen at `moment`.
pub(super) async fn held(
    db: &Db,
    live: &LiveBoard,
    at: i64,
    moment: Moment,
) -> Result<DayBoard, StoreError> {
    let mut conn = db.read().await?;
    let mut board = DayBoard::new(moment);
    for start in [After::PRESENT, After::ended(at)] {
        let mut after = Some(start);
        while let Some(from) = after {
            let (mut some, next) = held_at(&mut conn, at, from, AT_ONCE).await?;
            live.look(|live| {
                some.iter_mut().for_each(|(id, task)| task.is_public &= live.is_shown(*id));
            })
            .await;
            some.iter().for_each(|(id, task)| board.add(*id, task));
            after = next;
        }
    }
    Ok(board.finish())
}
