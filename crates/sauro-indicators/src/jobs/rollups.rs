//! Roll-ups (cộng gộp): of each indicator, period and place, kept by what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use sauro_journal::{Digest, DigestError, Entry, Reader, ReaderError};
use sauro_kernel::{Ctx, IndicatorId, ObservationId};
use sauro_store::{Conn, Db};

use crate::model::{Counted, Definition, Observation, Tally, observations_told};
use crate::store;
use crate::store::rollups::{Cell, Part};

/// The reader that keeps the roll-ups.
pub const ROLLUPS: Reader = Reader::new("rollups");

/// Entries read at once.
const AT_ONCE: u16 = 200;

/// Figures taken at once: an entry may tell of many.
const MOST_FIGURES: usize = 20_000;

/// How often the journal is looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// Takes in what has happened since. Answers how many entries there were.
///
/// # Errors
///
/// What the store says; the next call tries the same entries again.
pub async fn follow_rollups(db: &Db, now_us: i64) -> Result<usize, sauro_store::StoreError> {
    let mut fresh = ROLLUPS.fresh(db, AT_ONCE).await?;
    let mut n_figures = 0;
    let n = fresh.entries.iter().take_while(|it| {
        let has_room = n_figures < MOST_FIGURES;
        n_figures += observations_told(&it.subject, &it.data).len();
        has_room
    });
    let n = n.count();
    fresh.entries.truncate(n);
    match ROLLUPS.digest(db, now_us, &fresh, &Rollups).await {
        // Another node was faster.
        Ok(()) | Err(ReaderError::Overtaken) => Ok(fresh.entries.len()),
        Err(ReaderError::Store(err)) => Err(err),
    }
}

/// Follows for ever. A failing store is tried again after a pause.
pub async fn run_rollups(ctx: Ctx, db: Db) {
    loop {
        match follow_rollups(&db, ctx.now_us()).await {
            // Where many come, more may be there already.
            Ok(n) if n >= usize::from(AT_ONCE) / 4 => {}
            Ok(_) => tokio::time::sleep(PERIOD).await,
            Err(err) => {
                tracing::warn!(error = %err, "roll-ups lag behind the journal");
                tokio::time::sleep(PERIOD * 50).await;
            }
        }
    }
}

/// What is counted of `observation`; none of units above the level that is added up.
fn part_of(observation: &Observation, definition: &Definition) -> Option<Part> {
    (observation.unit.level == definition.grain()).then(|| Part {
        observation: observation.id,
        indicator: observation.indicator,
        period: observation.period,
        province: observation.province().unwrap_or_default().to_owned(),
        counted: observation.counted(definition),
        at: observation.reported_at,
    })
}

struct Rollups;

/// What is to be written.
struct Plan {
    parts: Vec<Part>,
    cells: Vec<(Cell, i64, Tally)>,
}

/// What changes in one roll-up.
struct Change {
    version: i64,
    definition: Arc<Definition>,
    /// What was counted before, and what is now.
    moves: Vec<(Option<Part>, Part)>,
}

impl Digest for Rollups {
    type Plan = Plan;

    async fn plan(&self, conn: &mut Conn, entries: &[Entry]) -> Result<Plan, DigestError> {
        let touched: BTreeSet<ObservationId> =
            entries.iter().flat_map(|it| observations_told(&it.subject, &it.data)).collect();
        let ids: Vec<ObservationId> = touched.into_iter().collect();
        let observations = store::observations_many::find_many(conn, &ids).await?;
        let known: BTreeSet<ObservationId> = observations.iter().map(|it| it.id).collect();
        if let Some(id) = ids.iter().find(|it| !known.contains(it)) {
            return Err(DigestError::Entry(format!("there is no observation {id}")));
        }
        let definitions = definitions_of(conn, &observations).await?;
        let before = store::rollups_many::parts(conn, &ids).await?;
        let mut before: BTreeMap<ObservationId, Part> =
            before.into_iter().map(|it| (it.observation, it)).collect();
        let mut changes: BTreeMap<Cell, Change> = BTreeMap::new();
        let mut parts = Vec::new();
        for observation in observations {
            let key = (observation.indicator, observation.definition_version);
            let Some(definition) = definitions.get(&key) else { continue };
            let Some(now) = part_of(&observation, definition) else { continue };
            let before = before.remove(&observation.id);
            if before.as_ref() == Some(&now) {
                continue;
            }
            for cell in now.cells() {
                let change = changes.entry(cell).or_insert_with(|| Change {
                    version: key.1,
                    definition: definition.clone(),
                    moves: Vec::new(),
                });
                change.moves.push((before.clone(), now.clone()));
            }
            parts.push(now);
        }
        Ok(Plan { parts, cells: moved(conn, changes).await? })
    }

    async fn write(&self, conn: &mut Conn, plan: Plan) -> Result<(), DigestError> {
        store::rollups_many::put_parts(conn, &plan.parts).await?;
        store::rollups_many::put(conn, &plan.cells).await?;
        Ok(())
    }
}

/// The definitions that `observations` were made under.
async fn definitions_of(
    conn: &mut Conn,
    observations: &[Observation],
) -> Result<BTreeMap<(IndicatorId, i64), Arc<Definition>>, DigestError> {
    let asked: BTreeSet<(IndicatorId, i64)> =
        observations.iter().map(|it| (it.indicator, it.definition_version)).collect();
    let asked: Vec<(IndicatorId, i64)> = asked.into_iter().collect();
    let found = store::indicators::find_versions(conn, &asked).await?;
    Ok(found.into_iter().map(|it| ((it.id, it.version), Arc::new(it.definition))).collect())
}

/// The roll-ups after `changes`.
async fn moved(
    conn: &mut Conn,
    changes: BTreeMap<Cell, Change>,
) -> Result<Vec<(Cell, i64, Tally)>, DigestError> {
    let cells: Vec<Cell> = changes.keys().cloned().collect();
    let kept = store::rollups_many::find_many(conn, &cells).await?;
    let mut kept: BTreeMap<Cell, Tally> =
        kept.into_iter().map(|(cell, _, tally)| (cell, tally)).collect();
    let mut after = Vec::new();
    for (cell, change) in changes {
        let mut tally = kept.remove(&cell).unwrap_or_default();
        for (before, now) in &change.moves {
            if let Some(before) = before {
                tally.remove(&before.counted);
            }
            tally.add(&now.counted);
        }
        if Tally::is_recounted(&change.definition) {
            recount(conn, &cell, &change, &mut tally).await?;
        }
        after.push((cell, change.version, tally));
    }
    Ok(after)
}

/// Smallest, newest and spread do not follow from a difference: the one roll-up is counted again.
async fn recount(
    conn: &mut Conn,
    cell: &Cell,
    change: &Change,
    tally: &mut Tally,
) -> Result<(), DigestError> {
    let mut parts: BTreeMap<(i64, ObservationId), Counted> = store::rollups::parts_of(conn, cell)
        .await?
        .into_iter()
        .map(|it| ((it.at, it.observation), it.counted))
        .collect();
    parts.extend(change.moves.iter().map(|(_, now)| ((now.at, now.observation), now.counted)));
    let counted: Vec<Counted> = parts.into_values().collect();
    tally.recount(&counted, &change.definition);
    Ok(())
}
