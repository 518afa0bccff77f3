//! Years of petitions written at once: made-up ones for measuring.
//!
//! Every case is lived in memory, by the same table of states and the same clocks as a real one, and leaves the
//! rows, the counts and the entries of the journal that the actions would have left. Rights are not checked
//! here: whoever makes up a past makes up callers who had them. The same seed and the same instant give the
//! same cases; only what seals a sender is drawn anew.

mod cast;
mod fate;
mod life;
mod replies;
#[cfg(test)]
mod tests;
mod way;
mod words;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;
use sauro_directory::model::Directory;
use sauro_journal::{Chronicle, PastEvent, ReaderError, StampError};
use sauro_kernel::{Dice, WorkingCalendar};
use sauro_store::{Db, Keys, StoreError};
use tokio::sync::mpsc;

use self::cast::Cast;
use self::fate::Plan;
use self::life::{World, day_of};
use self::write::{Batch, Counts};
use crate::actions::recount::settled;
use crate::{PetitionsError, store};

/// Cases in one transaction: so many that a page of an index is written once for several of them.
const AT_ONCE: usize = 4_000;

/// What is to be made up, and as of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastPetitions {
    /// How many cases.
    pub n_cases: usize,
    /// How many of a hundred are not at their end.
    pub open_percent: u8,
    /// Where chance starts.
    pub seed: u64,
    /// Nothing is made to happen after this instant, in microseconds.
    pub now_us: i64,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastMade {
    /// Cases.
    pub n_cases: usize,
    /// Of these not at their end.
    pub n_open: usize,
    /// Answers and drafts of answers.
    pub n_answers: usize,
    /// Entries of the journal.
    pub n_entries: usize,
}

/// Why a past could not be made up.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// There are petitions already.
    #[error("there are petitions already")]
    Taken,
    /// The catalogue of agencies, or the fields, are not there.
    #[error("there is no catalogue of agencies and fields")]
    NoCatalogue,
    /// A step was not open: the way of a made-up case is not the real one.
    #[error(transparent)]
    Petitions(#[from] PetitionsError),
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] ReaderError),
    /// The journal could not be sealed.
    #[error(transparent)]
    Seal(#[from] StampError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The maker ended before it was done.
    #[error("the maker of cases ended early")]
    Ended,
}

/// Makes petitions up in an installation that has none, telling `told` how many are written.
///
/// # Errors
///
/// [`PastError`] says why; what was written stays.
pub async fn make_past(
    db: &Db,
    keys: &Keys,
    (directory, calendar): (Arc<Directory>, Arc<WorkingCalendar>),
    wanted: PastPetitions,
    mut told: impl FnMut(usize),
) -> Result<PastMade, PastError> {
    let mut conn = db.read().await?;
    if store::petitions::is_any(&mut conn).await? {
        return Err(PastError::Taken);
    }
    let fields = store::fields::all(&mut conn).await?;
    let limits = store::fields::limits(&mut conn).await?;
    drop(conn);
    let today = day_of(wanted.now_us);
    let cast = Cast::of(&directory, &fields, today);
    if cast.is_empty() {
        return Err(PastError::NoCatalogue);
    }
    // A minute is left for what a step takes that begins now.
    let now_us = wanted.now_us - 60_000_000;
    let world = World { cast, fields, limits, calendar: calendar.clone(), now_us };
    let (sender, mut batches) = mpsc::channel::<Batch>(1);
    let keys = keys.clone();
    let making = tokio::task::spawn_blocking(move || live_all(&world, &keys, wanted, &sender));
    let mut chronicle = Chronicle::begin(db, wanted.now_us).await?;
    let mut made = PastMade::default();
    while let Some(batch) = batches.recv().await {
        let mut conn = db.write().await?;
        batch.write(&mut conn, &mut chronicle, wanted.now_us).await?;
        conn.commit().await?;
        made.n_cases += batch.len();
        told(made.n_cases);
    }
    let (counts, n_entries) = making.await.map_err(|_| PastError::Ended)??;
    let mut conn = db.write().await?;
    counts.write(&mut conn).await?;
    store::places::count_anew(&mut conn).await?;
    settled(&mut conn, (&limits, &calendar), wanted.now_us).await?;
    conn.commit().await?;
    Ok(PastMade { n_open: counts.n_open, n_answers: counts.n_answers, n_entries, ..made })
}

/// Lives all cases in the order in which they were sent, and hands them over by the batch, with the entries
/// that lie before the next one.
fn live_all(
    world: &World,
    keys: &Keys,
    wanted: PastPetitions,
    sender: &mpsc::Sender<Batch>,
) -> Result<(Counts, usize), PastError> {
    let mut dice = Dice::new(wanted.seed ^ 0x5041_4b4e);
    let open_percent = u64::from(wanted.open_percent.min(100));
    let mut plans: Vec<Plan> =
        (0..wanted.n_cases).map(|_| Plan::drawn(&mut dice, open_percent, world.now_us)).collect();
    plans.sort_by_key(|it| it.sent_at);
    let mut counts = Counts::default();
    let mut mains = Vec::new();
    let mut coming: BTreeMap<(i64, usize), PastEvent> = BTreeMap::new();
    let mut n_entries = 0;
    for (n, plans_of) in plans.chunks(AT_ONCE).enumerate() {
        let mut lives = Vec::with_capacity(plans_of.len());
        for plan in plans_of {
            let number = counts.next(day_of(plan.sent_at).year());
            let mut life = plan.live(&mut dice, world, number, &mut mains)?;
            counts.count(&life);
            for event in std::mem::take(&mut life.events) {
                coming.insert((event.at, n_entries), event);
                n_entries += 1;
            }
            lives.push(life);
        }
        // What lies before the next case can be told; of the last batch everything.
        let next = plans.get((n + 1) * AT_ONCE).map_or(i64::MAX, |it| it.sent_at);
        let later = coming.split_off(&(next, 0));
        let due = std::mem::replace(&mut coming, later).into_values().collect();
        let batch = Batch::of(lives, due, keys)?;
        sender.blocking_send(batch).map_err(|_| PastError::Ended)?;
    }
    Ok((counts, n_entries))
}
