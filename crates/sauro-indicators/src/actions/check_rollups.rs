use std::collections::{BTreeMap, BTreeSet};

use sauro_kernel::{IndicatorId, ObservationId};
use sauro_store::{Conn, Db};
use tokio::task::JoinSet;

use super::read::all;
use crate::model::{Counted, Definition, Period, Tally, counted_as};
use crate::store::recount::{self, Plain};
use crate::store::rollups::{Cell, NATION};
use crate::{IndicatorsError, jobs, store};

/// Figures read in one query.
const AT_ONCE: u16 = 5_000;

/// Roll-ups of one indicator read at once: 35 places over all periods.
const ROLLUPS: u32 = 1_000_000;

/// Times a difference is looked at again.
const AGAIN: usize = 2;

/// Indicators counted beside each other.
const BESIDE: usize = 4;

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
/// What the journal has and the roll-ups have not taken in yet is taken in first. Indicators are counted
/// one by one, each in one moment of the database and period by period, so that a nation's figures fit
/// into little memory.
///
/// # Errors
///
/// The store's.
pub async fn check_rollups(db: &Db, now_us: i64) -> Result<Checked, IndicatorsError> {
    while jobs::follow_rollups(db, now_us).await? > 0 {}
    let indicators = all(&mut db.read().await?).await?;
    let mut left = indicators.into_iter().map(|it| it.id);
    let mut running: JoinSet<Result<Checked, IndicatorsError>> = JoinSet::new();
    let mut checked = Checked { n: 0, wrong: Vec::new() };
    loop {
        while running.len() < BESIDE
            && let Some(indicator) = left.next()
        {
            let db = db.clone();
            running.spawn(async move { settled(&db, indicator, now_us).await });
        }
        let Some(done) = running.join_next().await else { break };
        let done = done.map_err(|_| IndicatorsError::NotFound("recount"))??;
        checked.n += done.n;
        checked.wrong.extend(done.wrong);
    }
    checked.wrong.sort();
    Ok(checked)
}

/// Compares the roll-ups of one indicator. What came beside the recount may not be taken in yet: what
/// differs is taken in and looked at again.
async fn settled(db: &Db, indicator: IndicatorId, now_us: i64) -> Result<Checked, IndicatorsError> {
    let mut checked = check(db, indicator).await?;
    for _ in 0..AGAIN {
        if checked.wrong.is_empty() {
            break;
        }
        while jobs::follow_rollups(db, now_us).await? > 0 {}
        checked = check(db, indicator).await?;
    }
    Ok(checked)
}

/// Compares the roll-ups of one indicator once.
async fn check(db: &Db, indicator: IndicatorId) -> Result<Checked, IndicatorsError> {
    let mut conn = db.read().await?;
    let counted = counted_again(&mut conn, indicator).await?;
    let kept = store::rollups::of_indicator(&mut conn, indicator, ROLLUPS).await?;
    let kept: BTreeMap<Cell, Tally> =
        kept.into_iter().map(|(cell, _, tally)| (cell, tally)).collect();
    let cells: BTreeSet<&Cell> = counted.keys().chain(kept.keys()).collect();
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

/// The figures of one period by place, each with when it came.
type Places = BTreeMap<String, Vec<(i64, ObservationId, Counted)>>;

/// What the figures of `indicator` come to, period by period.
async fn counted_again(
    conn: &mut Conn,
    indicator: IndicatorId,
) -> Result<BTreeMap<Cell, Tally>, IndicatorsError> {
    let mut definitions: BTreeMap<i64, Definition> = BTreeMap::new();
    let mut counted = BTreeMap::new();
    let mut open: Option<(Period, i64, Places)> = None;
    let mut place = recount::beginning();
    loop {
        let some = recount::after(conn, indicator, &place, AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        place = last.place();
        for it in some {
            let version = it.definition_version;
            if !definitions.contains_key(&version) {
                let found = store::indicators::find_version(conn, indicator, version).await?;
                definitions.extend(found.map(|it| (version, it.definition)));
            }
            let Some(definition) = definitions.get(&version) else { continue };
            if it.level != definition.grain().code() {
                continue;
            }
            if open.as_ref().is_none_or(|(period, _, _)| *period != it.period) {
                settle(indicator, open.take(), &definitions, &mut counted);
            }
            let (_, _, places) = open.get_or_insert_with(|| (it.period, version, Places::new()));
            count(it, definition, places);
        }
    }
    settle(indicator, open, &definitions, &mut counted);
    Ok(counted)
}

/// Counts one figure in its province and in the nation.
fn count(it: Plain, definition: &Definition, places: &mut Places) {
    let counted = counted_as((it.value, it.parts), it.appraised, definition);
    let figure = (it.at, it.id, counted);
    if !it.province.is_empty() {
        places.entry(it.province).or_default().push(figure);
    }
    if let Some(nation) = places.get_mut(NATION) {
        nation.push(figure);
    } else {
        places.insert(NATION.to_owned(), vec![figure]);
    }
}

/// Adds up a period that has come to its end.
fn settle(
    indicator: IndicatorId,
    open: Option<(Period, i64, Places)>,
    definitions: &BTreeMap<i64, Definition>,
    into: &mut BTreeMap<Cell, Tally>,
) {
    let Some((period, version, places)) = open else { return };
    let Some(definition) = definitions.get(&version) else { return };
    for (place, mut figures) in places {
        figures.sort_unstable_by_key(|(at, id, _)| (*at, *id));
        let figures: Vec<Counted> = figures.into_iter().map(|it| it.2).collect();
        into.insert(Cell { indicator, period, place }, Tally::of(&figures, definition));
    }
}
