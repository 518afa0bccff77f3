//! One change of the catalogue: planned on what was read, written whole or not at all.

use std::collections::HashMap;

use sauro_journal::{EntryId, Event};
use sauro_kernel::{AgencyId, Ctx};
use sauro_store::{Busy, Conn, Db, StoreError};
use serde_json::json;

use super::guard::CATALOGUE;
use crate::DirectoryError;
use crate::model::{Agency, Atlas, DayOff, Place, Predecessor};
use crate::store;

/// How often a change is planned anew because another one came first.
const TRIES: usize = 10;

/// The catalogue as a change finds it.
pub(super) struct Base {
    pub(super) atlas: Atlas,
    pub(super) agencies: Vec<Agency>,
    /// The last entry about it.
    last: Option<EntryId>,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Change {
    pub(super) places: Vec<Place>,
    pub(super) agencies: Vec<Agency>,
    pub(super) predecessors: Vec<Predecessor>,
    pub(super) days: Vec<DayOff>,
    /// What to say in the journal.
    pub(super) events: Vec<Event>,
}

impl Base {
    async fn read(db: &Db) -> Result<Self, StoreError> {
        let mut conn = db.read().await?;
        Ok(Self {
            last: last_of(&mut conn, CATALOGUE).await?,
            atlas: store::places::atlas(&mut conn).await?,
            agencies: store::agencies::all(&mut conn).await?,
        })
    }

    /// The places of `atlas` that are not stored as they are there.
    pub(super) fn changed_places(&self, atlas: &Atlas) -> Vec<Place> {
        let is_new = |it: &&Place| self.atlas.place(&it.code) != Some(*it);
        atlas.places().filter(is_new).cloned().collect()
    }

    /// Those of `agencies` that are not stored as they are.
    pub(super) fn changed_agencies(&self, agencies: Vec<Agency>) -> Vec<Agency> {
        let known: HashMap<AgencyId, &Agency> =
            self.agencies.iter().map(|it| (it.id, it)).collect();
        let is_known = |it: &Agency| known.get(&it.id).is_some_and(|old| old.is_stored_as(it));
        agencies.into_iter().filter(|it| !is_known(it)).collect()
    }
}

/// The last entry about `subject`.
pub(crate) async fn last_of(conn: &mut Conn, subject: &str) -> Result<Option<EntryId>, StoreError> {
    let last = sauro_journal::history(conn, subject, None, 1).await?;
    Ok(last.first().map(|it| it.id))
}

/// Reads, lets `plan` say what to write, and writes it in one transaction. Planning and the making
/// of keys happen before the turn to write; when another change came first, all is done again.
pub(super) async fn change<T>(
    ctx: &Ctx,
    db: &Db,
    plan: impl Fn(&Base) -> Result<(Change, T), DirectoryError>,
) -> Result<T, DirectoryError> {
    for _ in 0..TRIES {
        let base = Base::read(db).await?;
        let (change, answer) = plan(&base)?;
        if write(ctx, db, base.last, change).await? {
            return Ok(answer);
        }
    }
    Err(StoreError::Busy(Busy::WaitedTooLong).into())
}

async fn write(
    ctx: &Ctx,
    db: &Db,
    last: Option<EntryId>,
    change: Change,
) -> Result<bool, StoreError> {
    let agencies = store::agencies::AgencyRows::new(&change.agencies);
    let places = store::places::PlaceRows::new(&change.places);
    let predecessors = store::place_predecessors::rows(&change.predecessors);
    let mut conn = db.write().await?;
    if last_of(&mut conn, CATALOGUE).await? != last {
        return Ok(false);
    }
    store::places::put(&mut conn, &places).await?;
    store::agencies::put(&mut conn, &agencies).await?;
    store::place_predecessors::put(&mut conn, &predecessors).await?;
    store::holidays::put(&mut conn, &change.days).await?;
    for event in change.events {
        sauro_journal::append(&mut conn, ctx, event).await?;
    }
    conn.commit().await?;
    Ok(true)
}

/// `kind` happened to the catalogue, with `n` rows.
pub(super) fn catalogue_event(kind: &'static str, n: usize) -> Event {
    Event::new(kind, "catalogue", "all", json!({ "n": n }))
}
