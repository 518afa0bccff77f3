use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, IndicatorId};
use sauro_store::{Conn, Db};

use super::read::{LINE, Overview, PlaceFigure, all, next_target, pace_of};
use crate::model::{Definition, Indicator, Observation, Target, Unit};
use crate::store::rollups::NATION;
use crate::{IndicatorsError, store};

/// Every indicator with its newest figures, by code. Whoever is signed in sees what was reported, and
/// that it was not appraised yet.
///
/// # Errors
///
/// The store's.
pub async fn overview(ctx: &Ctx, db: &Db) -> Result<Vec<Overview>, IndicatorsError> {
    let mut conn = db.read().await?;
    let indicators = all(&mut conn).await?;
    lines(&mut conn, indicators, ctx.today(), false).await
}

/// The same for everybody: only figures that were appraised.
///
/// # Errors
///
/// The store's.
pub async fn public_overview(db: &Db, today: NaiveDate) -> Result<Vec<Overview>, IndicatorsError> {
    let mut conn = db.read().await?;
    let indicators = all(&mut conn).await?;
    lines(&mut conn, indicators, today, true).await
}

/// The indicator `code` for everybody: only figures that were appraised.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`].
pub async fn public_line(
    db: &Db,
    today: NaiveDate,
    code: &str,
) -> Result<Overview, IndicatorsError> {
    let mut conn = db.read().await?;
    let found = store::indicators::find_by_code(&mut conn, code).await?;
    let found: Vec<Indicator> = found.into_iter().collect();
    let line = lines(&mut conn, found, today, true).await?.pop();
    line.ok_or(IndicatorsError::NotFound("indicator"))
}

/// The lines of `indicators`, with a handful of questions however many there are.
async fn lines(
    conn: &mut Conn,
    indicators: Vec<Indicator>,
    today: NaiveDate,
    is_public: bool,
) -> Result<Vec<Overview>, IndicatorsError> {
    let (units, mut targets) = targets_of(conn, &indicators).await?;
    let pairs: Vec<_> = units.iter().map(|(indicator, unit)| (*indicator, *unit)).collect();
    let mut figures: HashMap<IndicatorId, Vec<Observation>> = HashMap::new();
    for it in store::observations_many::of_units(conn, &pairs, LINE).await? {
        if !is_public || it.is_settled() {
            figures.entry(it.indicator).or_default().push(it);
        }
    }
    let nation = Unit::nation().id;
    let silent: Vec<&Indicator> = indicators
        .iter()
        .filter(|it| !figures.contains_key(&it.id) && units.get(&it.id) == Some(&nation))
        .collect();
    let mut rolled = rolled(conn, &silent, is_public).await?;
    let line = |indicator: Indicator| {
        let id = indicator.id;
        let unit = units.get(&id).copied().unwrap_or(nation);
        let mut figures = figures.remove(&id).unwrap_or_default();
        figures.reverse();
        let target = next_target(targets.remove(&id).unwrap_or_default(), unit, today);
        let pace = pace_of(target.as_ref(), &figures, today);
        Overview { rolled: rolled.remove(&id), indicator, figures, target, pace }
    };
    Ok(indicators.into_iter().map(line).collect())
}

/// The unit that each indicator is shown by, and that unit's targets in force: the nation where it has a
/// target; an indicator of one province alone is shown by that province.
async fn targets_of(
    conn: &mut Conn,
    indicators: &[Indicator],
) -> Result<(BTreeMap<IndicatorId, AgencyId>, HashMap<IndicatorId, Vec<Target>>), IndicatorsError> {
    let nation = Unit::nation().id;
    let mut units: BTreeMap<IndicatorId, AgencyId> =
        indicators.iter().map(|it| (it.id, nation)).collect();
    let mut targets: HashMap<IndicatorId, Vec<Target>> = HashMap::new();
    let pairs: Vec<_> = indicators.iter().map(|it| (it.id, nation)).collect();
    for (id, target) in store::targets::of_units(conn, &pairs).await? {
        targets.entry(id).or_default().push(target);
    }
    let others: Vec<IndicatorId> =
        indicators.iter().map(|it| it.id).filter(|it| !targets.contains_key(it)).collect();
    let first = store::targets::first_of(conn, &others).await?;
    let pairs: Vec<_> = first.iter().map(|(id, target)| (*id, target.unit.id)).collect();
    units.extend(pairs.iter().copied());
    for (id, target) in store::targets::of_units(conn, &pairs).await? {
        targets.entry(id).or_default().push(target);
    }
    Ok((units, targets))
}

/// What the units of the nation come to in the newest period, each under the definition of that period.
async fn rolled(
    conn: &mut Conn,
    indicators: &[&Indicator],
    is_public: bool,
) -> Result<HashMap<IndicatorId, PlaceFigure>, IndicatorsError> {
    let ids: Vec<IndicatorId> = indicators.iter().map(|it| it.id).collect();
    let mut found = store::rollups_many::of_place(conn, &ids, NATION, (LINE, is_public)).await?;
    // Codes of periods sort as text; the newest is the one that begins last.
    found.sort_by_key(|(cell, ..)| std::cmp::Reverse(cell.period));
    let mut seen = BTreeSet::new();
    found.retain(|(cell, ..)| seen.insert(cell.indicator));
    let mut definitions: HashMap<(IndicatorId, i64), Definition> =
        indicators.iter().map(|it| ((it.id, it.version), it.definition.clone())).collect();
    let older: Vec<(IndicatorId, i64)> = found
        .iter()
        .map(|(cell, version, _)| (cell.indicator, *version))
        .filter(|it| !definitions.contains_key(it))
        .collect();
    for it in store::indicators::find_versions(conn, &older).await? {
        definitions.insert((it.id, it.version), it.definition);
    }
    let told = found.into_iter().map(|(cell, version, tally)| {
        let definition = definitions.get(&(cell.indicator, version));
        let figure = PlaceFigure {
            place: cell.place,
            period: cell.period,
            value: definition.and_then(|it| tally.figure(it)),
            n: tally.n,
            n_appraised: tally.n_appraised,
        };
        (cell.indicator, figure)
    });
    Ok(told.collect())
}
