use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, Ctx, ObservationId};
use sauro_store::{Conn, Db};

use crate::model::{
    Indicator, Observation, Pace, Period, Revision, Target, TargetState, Unit, UnitLevel,
};
use crate::store::rollups::{Cell, NATION};
use crate::{IndicatorsError, store};

/// Indicators read in one query.
const AT_ONCE: u16 = 500;

/// Figures drawn in one line.
pub(super) const LINE: u16 = 60;

/// Figures of units read for one table: each commune once.
const TABLE: u16 = 4_000;

/// Roll-ups read for one indicator: the nation and 34 provinces over years.
const ROLLUPS: u32 = 2_000;

/// One line of the list: the newest figure of the nation, or of the one unit that a target is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The indicator.
    pub indicator: Indicator,
    /// Newest figures of that unit, oldest first.
    pub figures: Vec<Observation>,
    /// What its units come to, where it has no figure of its own.
    pub rolled: Option<PlaceFigure>,
    /// Its next target.
    pub target: Option<Target>,
    /// How the newest figure stands to it.
    pub pace: Option<Pace>,
}

/// What the units of a place come to for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFigure {
    /// A province, or `VN`.
    pub place: String,
    /// The period.
    pub period: Period,
    /// The figure; none where nothing is added up.
    pub value: Option<Decimal>,
    /// Units that reported.
    pub n: i64,
    /// Of these, appraised.
    pub n_appraised: i64,
}

/// All there is to see of one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The line of the list.
    pub overview: Overview,
    /// Targets in force, of other units too.
    pub targets: Vec<Target>,
    /// Changes of targets that wait for a second person.
    pub proposed: Vec<Target>,
    /// What provinces and the nation come to, newest period first.
    pub places: Vec<PlaceFigure>,
    /// Newest figure of each province that speaks for itself.
    pub provinces: Vec<Observation>,
    /// Figures that wait for an appraiser, newest first.
    pub waiting: Vec<Observation>,
    /// What it is split into, each with its newest figures.
    pub parts: Vec<Overview>,
}

/// The indicator named `code`. What an indicator means is public, so no right is asked.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`].
pub async fn indicator_by_code(db: &Db, code: &str) -> Result<Indicator, IndicatorsError> {
    store::indicators::find_by_code(&mut db.read().await?, code)
        .await?
        .ok_or(IndicatorsError::NotFound("indicator"))
}

/// The next indicators after the code `after`, by code. What an indicator means is public.
///
/// # Errors
///
/// The store's.
pub async fn indicators_after(
    conn: &mut Conn,
    after: &str,
) -> Result<Vec<Indicator>, IndicatorsError> {
    Ok(store::indicators::page(conn, after, 200).await?)
}

/// All there is to see of the indicator named `code`.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`].
pub async fn show(ctx: &Ctx, db: &Db, code: &str) -> Result<Look, IndicatorsError> {
    let mut conn = db.read().await?;
    let indicator = store::indicators::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("indicator"))?;
    let id = indicator.id;
    let targets = store::targets::in_state(&mut conn, id, TargetState::InForce).await?;
    let proposed = store::targets::in_state(&mut conn, id, TargetState::Proposed).await?;
    let places = places(&mut conn, &indicator).await?;
    let provinces =
        store::observations::of_level(&mut conn, id, UnitLevel::Province, TABLE).await?;
    let mut waiting = Vec::new();
    for level in UnitLevel::ALL {
        let figures = store::observations::of_level(&mut conn, id, level, LINE).await?;
        waiting.extend(figures.into_iter().filter(|it| !it.is_settled()));
    }
    let mut parts = Vec::new();
    for part in store::indicators::parts_of(&mut conn, &indicator.code).await? {
        parts.push(line(&mut conn, part, ctx.today()).await?);
    }
    let overview = line(&mut conn, indicator, ctx.today()).await?;
    let provinces = newest_of_each(provinces);
    Ok(Look { overview, targets, proposed, places, provinces, waiting, parts })
}

/// The figure `id` with its indicator, as it was defined for it, and its history, newest first.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`].
pub async fn observation(
    db: &Db,
    id: ObservationId,
) -> Result<(Indicator, Observation, Vec<Revision>), IndicatorsError> {
    let mut conn = db.read().await?;
    let (indicator, observation) = of_observation(&mut conn, id).await?;
    let history = store::revisions::of(&mut conn, id).await?;
    Ok((indicator, observation, history))
}

/// The figure `id` and its indicator as it was defined for it.
pub(super) async fn of_observation(
    conn: &mut Conn,
    id: ObservationId,
) -> Result<(Indicator, Observation), IndicatorsError> {
    let observation =
        store::observations::find(conn, id).await?.ok_or(IndicatorsError::NotFound("figure"))?;
    let version = observation.definition_version;
    let indicator = store::indicators::find_version(conn, observation.indicator, version)
        .await?
        .ok_or(IndicatorsError::NotFound("definition"))?;
    Ok((indicator, observation))
}

/// All indicators with their newest definition, by code.
pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Indicator>, IndicatorsError> {
    let mut indicators: Vec<Indicator> = Vec::new();
    loop {
        let after = indicators.last().map(|it| it.code.clone()).unwrap_or_default();
        let some = store::indicators::page(conn, &after, AT_ONCE).await?;
        let is_last = some.len() < usize::from(AT_ONCE);
        indicators.extend(some);
        if is_last {
            return Ok(indicators);
        }
    }
}

/// The line of one indicator, as [`super::overview`] has it among the others.
async fn line(
    conn: &mut Conn,
    indicator: Indicator,
    today: NaiveDate,
) -> Result<Overview, IndicatorsError> {
    let targets = store::targets::in_state(conn, indicator.id, TargetState::InForce).await?;
    // The nation's first; an indicator of one province alone is shown by that province.
    let unit = targets.first().map_or_else(|| Unit::nation().id, |it| it.unit.id);
    let is_national = targets.iter().any(|it| it.unit.is_nation());
    let unit = if is_national { Unit::nation().id } else { unit };
    let mut figures = store::observations::of_unit(conn, indicator.id, unit, LINE).await?;
    figures.reverse();
    let rolled = if figures.is_empty() && unit == Unit::nation().id {
        let places = places(conn, &indicator).await?;
        places.into_iter().find(|it| it.place == NATION)
    } else {
        None
    };
    let target = next_target(targets, unit, today);
    let pace = pace_of(target.as_ref(), &figures, today);
    Ok(Overview { indicator, figures, rolled, target, pace })
}

/// How the newest of `figures`, oldest first, stands to `target`.
pub(super) fn pace_of(
    target: Option<&Target>,
    figures: &[Observation],
    today: NaiveDate,
) -> Option<Pace> {
    let newest = figures.last()?;
    target.map(|it| it.pace(newest.value(), newest.as_of, today))
}

/// The target of `unit` that comes next; when all are past, the last one.
pub(super) fn next_target(
    targets: Vec<Target>,
    unit: AgencyId,
    today: NaiveDate,
) -> Option<Target> {
    let mut mine: Vec<Target> = targets.into_iter().filter(|it| it.unit.id == unit).collect();
    mine.sort_by_key(|it| it.period.map(Period::end));
    let next = mine.iter().position(|it| it.period.is_none_or(|it| it.end() >= today));
    match next {
        Some(n) => Some(mine.swap_remove(n)),
        None => mine.pop(),
    }
}

/// What provinces and the nation come to, each under the definition of its period, newest first.
pub(super) async fn places(
    conn: &mut Conn,
    indicator: &Indicator,
) -> Result<Vec<PlaceFigure>, IndicatorsError> {
    let mut definitions: BTreeMap<i64, Indicator> = BTreeMap::new();
    let mut places = Vec::new();
    for (Cell { period, place, .. }, version, tally) in
        store::rollups::of_indicator(conn, indicator.id, ROLLUPS).await?
    {
        if !definitions.contains_key(&version) {
            let found = store::indicators::find_version(conn, indicator.id, version).await?;
            definitions.extend(found.map(|it| (version, it)));
        }
        let value = definitions.get(&version).and_then(|it| tally.figure(&it.definition));
        let (n, n_appraised) = (tally.n, tally.n_appraised);
        places.push(PlaceFigure { place, period, value, n, n_appraised });
    }
    places.sort_by(|a, b| (b.period, &a.place).cmp(&(a.period, &b.place)));
    Ok(places)
}

/// The first of each unit: figures come newest first.
pub(super) fn newest_of_each(figures: Vec<Observation>) -> Vec<Observation> {
    let mut seen = std::collections::HashSet::new();
    figures.into_iter().filter(|it| seen.insert(it.unit.id)).collect()
}
