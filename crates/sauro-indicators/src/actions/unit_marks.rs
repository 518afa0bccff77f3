//! What units did with their figures and reports within some days, for those who score them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, IndicatorId, cut_off};
use sauro_store::{Conn, Db};

use super::periodic::asked_units;
use super::read::next_target;
use super::tile_figures::Sight;
use crate::model::{PaceState, Target, UnitLevel};
use crate::store::unit_marks as store_marks;
use crate::{IndicatorsError, store};

/// Figures of one unit looked through for the one of a past day.
const LINE: u16 = 60;

/// Indicators looked through at most.
const INDICATORS: u16 = 2_000;

/// Whose figures and reports are counted.
#[derive(Debug, Clone, Copy)]
pub struct MarkAsk<'a> {
    /// The units, all of one level.
    pub units: &'a [AgencyId],
    /// Their level.
    pub level: UnitLevel,
    /// The province they all lie in, of communes.
    pub province: Option<&'a str>,
    /// The first and the last day.
    pub within: (NaiveDate, NaiveDate),
    /// Days after the end of its own period within which a figure is in time.
    pub days: u32,
}

/// How many of how many, by unit. Units that nothing is known of are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Targets reached or on their way, of those that run. A target without a figure is not reached.
    pub attained: HashMap<AgencyId, (i64, i64)>,
    /// Figures first said in time, of those said.
    pub figures_in_time: HashMap<AgencyId, (i64, i64)>,
    /// Periodic reports first sent in time, of those due.
    pub reports_in_time: HashMap<AgencyId, (i64, i64)>,
    /// Periodic reports never returned, of those sent.
    pub reports_kept: HashMap<AgencyId, (i64, i64)>,
}

/// Counts what is asked for. To the public only figures that were appraised count.
///
/// # Errors
///
/// The store's.
pub async fn unit_marks(
    sight: Sight<'_>,
    db: &Db,
    directory: &Directory,
    ask: &MarkAsk<'_>,
) -> Result<Marks, IndicatorsError> {
    let mut conn = db.read().await?;
    let is_public = matches!(sight, Sight::Public);
    let mut marks = Marks { attained: attained(&mut conn, sight, ask).await?, ..Marks::default() };
    figures(&mut conn, is_public, ask, &mut marks).await?;
    reports(&mut conn, directory, ask, &mut marks).await?;
    Ok(marks)
}

async fn attained(
    conn: &mut Conn,
    sight: Sight<'_>,
    ask: &MarkAsk<'_>,
) -> Result<HashMap<AgencyId, (i64, i64)>, IndicatorsError> {
    let (first, last) = ask.within;
    let mut targets: BTreeMap<(AgencyId, IndicatorId), Vec<Target>> = BTreeMap::new();
    for (indicator, target) in store::targets::of_agencies(conn, ask.units).await? {
        // What had to be reached before is no longer on its way.
        if target.period.is_none_or(|it| it.end() >= first) {
            targets.entry((target.unit.id, indicator)).or_default().push(target);
        }
    }
    let pairs: Vec<(IndicatorId, AgencyId)> = targets.keys().map(|it| (it.1, it.0)).collect();
    let mut newest = HashMap::new();
    for it in store::observations_many::of_units(conn, &pairs, LINE).await? {
        if it.as_of <= last && sight.sees(&it) {
            // They come newest first.
            newest.entry((it.unit.id, it.indicator)).or_insert((it.value(), it.as_of));
        }
    }
    let mut attained: HashMap<AgencyId, (i64, i64)> = HashMap::new();
    for ((unit, indicator), all) in targets {
        let Some(target) = next_target(all, unit, last) else { continue };
        let state =
            newest.get(&(unit, indicator)).map(|(value, on)| target.pace(*value, *on, last));
        let is_attained = match state.map(|it| it.state) {
            // Without a baseline nobody can say where a figure ought to be by now.
            Some(PaceState::Unknown) => continue,
            Some(PaceState::Reached | PaceState::OnTrack) => true,
            _ => false,
        };
        count(&mut attained, unit, is_attained);
    }
    Ok(attained)
}

async fn figures(
    conn: &mut Conn,
    is_public: bool,
    ask: &MarkAsk<'_>,
    marks: &mut Marks,
) -> Result<(), IndicatorsError> {
    let known = store::known_indicators::all(conn, INDICATORS).await?;
    let of_level: Vec<IndicatorId> =
        known.into_iter().filter(|it| it.has(ask.level)).map(|it| it.id()).collect();
    let units: HashSet<AgencyId> = ask.units.iter().copied().collect();
    let place = (ask.level, ask.province);
    for (unit, period, at) in
        store_marks::said(conn, &of_level, place, ask.within, is_public).await?
    {
        let last = period.end().checked_add_days(Days::new(ask.days.into()));
        let is_in_time = last.is_some_and(|it| at <= cut_off(it).timestamp_micros());
        if units.contains(&unit) {
            count(&mut marks.figures_in_time, unit, is_in_time);
        }
    }
    Ok(())
}

async fn reports(
    conn: &mut Conn,
    directory: &Directory,
    ask: &MarkAsk<'_>,
    marks: &mut Marks,
) -> Result<(), IndicatorsError> {
    let is_commune = ask.level == UnitLevel::Commune;
    let mut due = HashMap::new();
    let mut pairs = Vec::new();
    for id in store_marks::rounds_due(conn, ask.within, is_commune).await? {
        let (due_on, asked) = asked_units(conn, directory, id, (ask.units, is_commune)).await?;
        due.insert(id, cut_off(due_on).timestamp_micros());
        pairs.extend(asked.into_iter().map(|unit| (id, unit)));
    }
    let mut sent = HashMap::new();
    for (round, unit, at, is_returned) in store_marks::sent(conn, &pairs).await? {
        sent.insert((round, unit), at);
        count(&mut marks.reports_kept, unit, !is_returned);
    }
    for (round, unit) in pairs {
        let limit = due.get(&round).copied().unwrap_or_default();
        let is_in_time = sent.get(&(round, unit)).is_some_and(|at| *at <= limit);
        count(&mut marks.reports_in_time, unit, is_in_time);
    }
    Ok(())
}

fn count(counts: &mut HashMap<AgencyId, (i64, i64)>, unit: AgencyId, is_hit: bool) {
    let it = counts.entry(unit).or_default();
    it.0 += i64::from(is_hit);
    it.1 += 1;
}
