//! Years of initiatives written at once: made-up ones for measuring.
//!
//! Each is lived in memory by the real table of stages, councils score with the real arithmetic, and the rows and
//! entries of the journal are those that the actions would have left. Rights are not checked here: whoever makes
//! up a past makes up callers who had them.

mod cast;
mod life;
mod way;
mod words;
mod write;

use std::collections::HashSet;
use std::sync::Arc;

use sauro_directory::model::Directory;
use sauro_journal::{ReaderError, StampError};
use sauro_kernel::{Dice, WorkingCalendar};
use sauro_store::{Db, Keys, StoreError};

use self::cast::Cast;
use self::life::{Life, World};
use self::way::{Plan, Session};
use crate::model::{Code, Stage, Terms};
use crate::{InitiativesError, store};

/// Initiatives before one council.
const AT_ONE_COUNCIL: usize = 20;

/// What is to be made up, and as of when.
#[derive(Debug, Clone, Copy)]
pub struct PastInitiatives {
    /// How many.
    pub n: usize,
    /// Where chance starts.
    pub seed: u64,
    /// Nothing is made to happen after this instant, in microseconds.
    pub now_us: i64,
    /// How long each stage may last.
    pub terms: Terms,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastMade {
    /// Initiatives.
    pub n: usize,
    /// Councils that have closed.
    pub n_councils: usize,
    /// Entries of the journal.
    pub n_entries: usize,
}

/// Why a past could not be made up.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// There are initiatives already.
    #[error("there are initiatives already")]
    Taken,
    /// The catalogue of agencies is not there.
    #[error("there is no catalogue of agencies")]
    NoCatalogue,
    /// A move was not open: the way of a made-up initiative is not the real one.
    #[error(transparent)]
    Initiatives(#[from] InitiativesError),
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
    #[error("the maker of initiatives ended early")]
    Ended,
}

/// Makes initiatives up in an installation that has none, telling `told` how many are written.
///
/// # Errors
///
/// [`PastError`] says why; what was written stays.
pub async fn make_past(
    db: &Db,
    keys: &Keys,
    (directory, calendar): (Arc<Directory>, Arc<WorkingCalendar>),
    wanted: PastInitiatives,
    told: impl FnMut(usize),
) -> Result<PastMade, PastError> {
    if store::initiatives::is_any(&mut db.read().await?).await? {
        return Err(PastError::Taken);
    }
    // A minute is left for what a move takes that begins now.
    let now_us = wanted.now_us - 60_000_000;
    let world = World { calendar, terms: wanted.terms, keys: keys.clone(), now_us };
    let cast = Cast::of(&directory, day_of(now_us));
    if cast.is_empty() {
        return Err(PastError::NoCatalogue);
    }
    let making = tokio::task::spawn_blocking(move || live_all(&world, &cast, wanted));
    let (mut lives, mut sessions) = making.await.map_err(|_| PastError::Ended)??;
    write::all(db, (&mut lives, &mut sessions), wanted.now_us, told).await
}

/// Lives all initiatives in the order in which they were sent, then the councils, then who applies what.
fn live_all(
    world: &World,
    cast: &Cast,
    wanted: PastInitiatives,
) -> Result<(Vec<Life>, Vec<Session>), PastError> {
    let mut dice = Dice::new(wanted.seed ^ 0x534b);
    let mut plans: Vec<Plan> =
        (0..wanted.n).map(|_| Plan::drawn(&mut dice, world.now_us)).collect();
    plans.sort_by_key(|it| it.sent_at);
    let mut codes = HashSet::new();
    let mut lives = Vec::with_capacity(plans.len());
    for plan in plans {
        let code = loop {
            let code = Code::drawn(dice.id(plan.sent_at));
            // Of many codes two may be alike.
            if codes.insert(code.clone()) {
                break code;
            }
        };
        lives.push(plan.live(&mut dice, (world, cast), code)?);
    }
    let mut sessions = Vec::new();
    for province in cast.provinces() {
        let mut waiting: Vec<&mut Life> = lives
            .iter_mut()
            .filter(|it| it.it.stage == Stage::Judging && it.it.receiver == province.id)
            .collect();
        for some in waiting.chunks_mut(AT_ONE_COUNCIL) {
            sessions.extend(way::judged(&mut dice, (world, cast), province, some)?);
        }
    }
    for life in &mut lives {
        way::applied(&mut dice, (world, cast), life)?;
    }
    Ok((lives, sessions))
}

/// The day in Viet Nam of the instant `at`.
fn day_of(at: i64) -> chrono::NaiveDate {
    let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&sauro_kernel::VIETNAM).date_naive()
}
