use std::collections::BTreeMap;

use sauro_kernel::{IndicatorId, ObservationId};
use sauro_store::{Conn, Db};
use uuid::Uuid;

use super::read::all;
use crate::IndicatorsError;
use crate::model::{Counted, Definition, Tally};
use crate::store::rollups::{Cell, Part};
use crate::{jobs, store};

/// Figures read in one query.
const AT_ONCE: u16 = 5_000;

/// Roll-ups of one indicator read at once: 35 places over all periods.
const ROLLUPS: u32 = 1_000_000;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Roll-ups compared.
    pub n: usize,
    /// Those that differ, in words for whoever mends them.
    pub wrong: Vec<String>,
}

/// Counts every roll-up again from the figures alone and compares (`sauro rollup check`).
///
/// What the journal has and the roll-ups have not taken in yet is taken in first.
///
/// # Errors
///
/// The store's.
pub async fn check_rollups(db: &Db, now_us: i64) -> Result<Checked, IndicatorsError> {
    while jobs::follow_rollups(db, now_us).await? > 0 {}
    let mut conn = db.read().await?;
    let counted = counted_again(&mut conn).await?;
    let mut kept: BTreeMap<Cell, Tally> = BTreeMap::new();
    for indicator in all(&mut conn).await? {
        let cells = store::rollups::of_indicator(&mut conn, indicator.id, ROLLUPS).await?;
        kept.extend(cells.into_iter().map(|(cell, _, tally)| (cell, tally)));
    }
    let cells: std::collections::BTreeSet<&Cell> = counted.keys().chain(kept.keys()).collect();
    let wrong = cells
        .iter()
        .filter(|cell| counted.get(**cell) != kept.get(**cell))
        .map(|cell| {
            format!(
                "chỉ số {} kỳ {} nơi {}: đang giữ {:?}, đếm lại {:?}",
                cell.indicator,
                cell.period.code(),
                cell.place,
                kept.get(*cell),
                counted.get(*cell)
            )
        })
        .collect();
    Ok(Checked { n: cells.len(), wrong })
}

async fn counted_again(conn: &mut Conn) -> Result<BTreeMap<Cell, Tally>, IndicatorsError> {
    let mut definitions: BTreeMap<(IndicatorId, i64), Definition> = BTreeMap::new();
    let mut parts: BTreeMap<Cell, (Definition, Vec<Part>)> = BTreeMap::new();
    let mut after = ObservationId(Uuid::nil());
    loop {
        let some = store::observations::after(conn, after, AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = last.id;
        for it in some {
            let key = (it.indicator, it.definition_version);
            if !definitions.contains_key(&key) {
                let found = store::indicators::find_version(conn, key.0, key.1).await?;
                definitions.extend(found.map(|it| (key, it.definition)));
            }
            let Some(definition) = definitions.get(&key) else { continue };
            let Some(part) = jobs::part_of(&it, definition) else { continue };
            for cell in part.cells() {
                let entry = parts.entry(cell).or_insert_with(|| (definition.clone(), Vec::new()));
                entry.1.push(part.clone());
            }
        }
    }
    let tally = |(definition, mut parts): (Definition, Vec<Part>)| {
        parts.sort_by_key(|it| (it.at, it.observation));
        let counted: Vec<Counted> = parts.iter().map(|it| it.counted).collect();
        Tally::of(&counted, &definition)
    };
    Ok(parts.into_iter().map(|(cell, it)| (cell, tally(it))).collect())
}
