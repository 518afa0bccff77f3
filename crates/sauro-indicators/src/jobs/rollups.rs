//! Roll-ups (cộng gộp): of each indicator, period and place, kept by what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sauro_journal::{Digest, DigestError, Entry, Reader, ReaderError};
use sauro_kernel::{Ctx, IndicatorId, ObservationId};
use sauro_store::{Conn, Db};

use crate::model::{Counted, Definition, Observation, Tally};
use crate::store;
use crate::store::rollups::{Cell, Part};

/// The reader that keeps the roll-ups.
pub const ROLLUPS: Reader = Reader::new("rollups");

/// Entries taken at once.
const AT_ONCE: u16 = 2_000;

/// How often the journal is looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// Takes in what has happened since. Answers how many entries there were.
///
/// # Errors
///
/// What the store says; the next call tries the same entries again.
pub async fn follow_rollups(db: &Db, now_us: i64) -> Result<usize, sauro_store::StoreError> {
    let fresh = ROLLUPS.fresh(db, AT_ONCE).await?;
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
            Ok(n) if n >= usize::from(AT_ONCE) => {}
            Ok(_) => tokio::time::sleep(PERIOD).await,
            Err(err) => {
                tracing::warn!(error = %err, "roll-ups lag behind the journal");
                tokio::time::sleep(PERIOD * 50).await;
            }
        }
    }
}

/// What is counted of `observation`; none of units above the level that is added up.
pub(crate) fn part_of(observation: &Observation, definition: &Definition) -> Option<Part> {
    (observation.unit.level == definition.grain()).then(|| Part {
        observation: observation.id,
        indicator: observation.indicator,
        period: observation.period,
        province: observation.province().unwrap_or_default().to_owned(),
        counted: observation.counted(&definition.shape),
        at: observation.reported_at,
    })
}

/// The observation an entry is about, if any.
fn observation_of(entry: &Entry) -> Option<ObservationId> {
    entry.subject.strip_prefix("observation/")?.parse().ok()
}

struct Rollups;

/// What is to be written.
struct Plan {
    parts: Vec<Part>,
    cells: Vec<(Cell, i64, Tally)>,
}

/// What changes in one roll-up.
#[derive(Default)]
struct Change {
    version: i64,
    definition: Option<Definition>,
    /// What was counted before, and what is now.
    moves: Vec<(Option<Part>, Part)>,
}

impl Digest for Rollups {
    type Plan = Plan;

    async fn plan(&self, conn: &mut Conn, entries: &[Entry]) -> Result<Plan, DigestError> {
        let touched: BTreeSet<ObservationId> = entries.iter().filter_map(observation_of).collect();
        let mut definitions: BTreeMap<(IndicatorId, i64), Definition> = BTreeMap::new();
        let mut changes: BTreeMap<Cell, Change> = BTreeMap::new();
        let mut parts = Vec::new();
        for id in touched {
            let Some(observation) = store::observations::find(conn, id).await? else {
                return Err(DigestError::Entry(format!("there is no observation {id}")));
            };
            let key = (observation.indicator, observation.definition_version);
            if !definitions.contains_key(&key) {
                let found = store::indicators::find_version(conn, key.0, key.1).await?;
                definitions.extend(found.map(|it| (key, it.definition)));
            }
            let Some(definition) = definitions.get(&key) else { continue };
            let Some(now) = part_of(&observation, definition) else { continue };
            let before = store::rollups::part(conn, id).await?;
            if before.as_ref() == Some(&now) {
                continue;
            }
            for cell in now.cells() {
                let change = changes.entry(cell).or_default();
                change.version = key.1;
                change.definition = Some(definition.clone());
                change.moves.push((before.clone(), now.clone()));
            }
            parts.push(now);
        }
        let mut cells = Vec::new();
        for (cell, change) in changes {
            let tally = moved(conn, &cell, &change).await?;
            cells.push((cell, change.version, tally));
        }
        Ok(Plan { parts, cells })
    }

    async fn write(&self, conn: &mut Conn, plan: Plan) -> Result<(), DigestError> {
        for part in &plan.parts {
            store::rollups::put_part(conn, part).await?;
        }
        for (cell, version, tally) in &plan.cells {
            store::rollups::put(conn, cell, *version, tally).await?;
        }
        Ok(())
    }
}

/// The roll-up `cell` after `change`.
async fn moved(conn: &mut Conn, cell: &Cell, change: &Change) -> Result<Tally, DigestError> {
    let kept = store::rollups::find(conn, cell).await?;
    let mut tally = kept.map(|it| it.1).unwrap_or_default();
    for (before, now) in &change.moves {
        if let Some(before) = before {
            tally.remove(&before.counted);
        }
        tally.add(&now.counted);
    }
    let Some(definition) = change.definition.as_ref().filter(|it| Tally::is_recounted(it)) else {
        return Ok(tally);
    };
    // Smallest, newest and spread do not follow from a difference: the one roll-up is counted again.
    let mut parts: BTreeMap<(i64, ObservationId), Counted> = store::rollups::parts_of(conn, cell)
        .await?
        .into_iter()
        .map(|it| ((it.at, it.observation), it.counted))
        .collect();
    parts.extend(change.moves.iter().map(|(_, now)| ((now.at, now.observation), now.counted)));
    let counted: Vec<Counted> = parts.into_values().collect();
    tally.recount(&counted, definition);
    Ok(tally)
}
