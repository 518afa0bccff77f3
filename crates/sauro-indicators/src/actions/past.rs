//! Figures as they stood at the end of a past day: what the pages and tiles of that day showed.
//!
//! A figure goes back by its own steps; what units come to is counted again from the figures of that day,
//! for one indicator and the periods that are needed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sauro_kernel::{AgencyId, Ctx, PastDay};
use sauro_store::{Conn, Db};

use super::read::{LINE, Look, Overview, PlaceFigure, newest_of_each, next_target, pace_of};
use super::tile_figures::{Sight, TABLE, UnitFigure, UnitReading};
use crate::model::{
    Counted, Indicator, Observation, Period, Shape, Tally, Target, Unit, UnitLevel,
};
use crate::store::past::Whose;
use crate::store::rollups::{Cell, NATION};
use crate::{IndicatorsError, store};

/// Roll-ups whose places and periods are looked at: the nation and 34 provinces over years.
const CELLS: u32 = 2_000;

/// Periods counted again for one answer beyond those that are shown: where nothing was appraised for a year,
/// or nobody reported, older periods are not looked for.
const MORE: usize = 11;

/// One indicator at the end of a day.
struct Then {
    indicator: Indicator,
    day: PastDay,
}

/// All there was to see of the indicator named `code` at the end of `day`. What waited then is not told:
/// nobody can still do it.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`]; [`IndicatorsError::Invalid`] when it was not defined yet.
pub async fn show_at(_: &Ctx, db: &Db, code: &str, day: PastDay) -> Result<Look, IndicatorsError> {
    let mut conn = db.read().await?;
    let then = Then::find(&mut conn, code, day).await?;
    let targets = store::targets::in_force_at(&mut conn, then.indicator.id, day.last_us()).await?;
    let places = then.sums(&mut conn, None, 1, &|_| true).await?;
    let whose = Whose::Level(UnitLevel::Province);
    let provinces = newest_of_each(then.newest(&mut conn, whose, TABLE).await?);
    let mut parts = Vec::new();
    for part in store::indicators::parts_of(&mut conn, code).await? {
        let found = store::indicators::find_at(&mut conn, part.id, day.last_us()).await?;
        if let Some(indicator) = found {
            let part = Then { indicator, day };
            parts.push(part.line(&mut conn, |_| true, |_| true).await?);
        }
    }
    let overview = then.line(&mut conn, |_| true, |_| true).await?;
    let (proposed, waiting) = (Vec::new(), Vec::new());
    Ok(Look { overview, targets, proposed, places, provinces, waiting, parts })
}

/// What everybody saw of the indicator named `code` at the end of `day`: figures that were appraised by then.
///
/// # Errors
///
/// As [`show_at`].
pub async fn public_line_at(
    db: &Db,
    code: &str,
    day: PastDay,
) -> Result<Overview, IndicatorsError> {
    let mut conn = db.read().await?;
    let then = Then::find(&mut conn, code, day).await?;
    let sight = Sight::Public;
    then.line(&mut conn, |it| sight.sees(it), |it| sight.sees_sum(it)).await
}

/// The newest `most` figures of `unit` for the indicator named `code` at the end of `day`, with the target
/// of that day.
///
/// # Errors
///
/// As [`show_at`].
pub async fn unit_reading_at(
    sight: Sight<'_>,
    db: &Db,
    code: &str,
    unit: &Unit,
    most: u16,
    day: PastDay,
) -> Result<UnitReading, IndicatorsError> {
    let mut conn = db.read().await?;
    let then = Then::find(&mut conn, code, day).await?;
    let mut figures = then.newest(&mut conn, Whose::Unit(unit.id), LINE).await?;
    figures.retain(|it| sight.sees(it));
    figures.truncate(usize::from(most));
    figures.reverse();
    let mut rolled = Vec::new();
    let has_below = matches!(unit.level, UnitLevel::National | UnitLevel::Province);
    if figures.is_empty() && has_below {
        let place = if unit.is_nation() { NATION } else { unit.province.as_str() };
        let wanted = |it: &PlaceFigure| it.value.is_some() && sight.sees_sum(it);
        rolled = then.sums(&mut conn, Some(place), usize::from(most), &wanted).await?;
        rolled.reverse();
    }
    let (target, pace) = then.aim(&mut conn, unit.id, &figures).await?;
    Ok(UnitReading { indicator: then.indicator, figures, rolled, target, pace })
}

/// The newest figure of each unit of a place at the end of `day`, as `figures_below` has it for the present.
///
/// # Errors
///
/// As [`show_at`].
pub async fn figures_below_at(
    sight: Sight<'_>,
    db: &Db,
    code: &str,
    province: Option<&str>,
    day: PastDay,
) -> Result<(Indicator, Vec<UnitFigure>), IndicatorsError> {
    let mut conn = db.read().await?;
    let then = Then::find(&mut conn, code, day).await?;
    let whose = match province {
        None => Whose::Level(UnitLevel::Province),
        Some(province) => Whose::Province(province, UnitLevel::Commune),
    };
    let mut found = then.newest(&mut conn, whose, TABLE).await?;
    found.retain(|it| sight.sees(it));
    let mut units: Vec<UnitFigure> =
        newest_of_each(found).into_iter().map(UnitFigure::said).collect();
    if province.is_none() && then.indicator.definition.grain() == UnitLevel::Commune {
        let speak: HashSet<String> = units.iter().map(|it| it.unit_code.clone()).collect();
        let wanted =
            |it: &PlaceFigure| it.place != NATION && it.value.is_some() && sight.sees_sum(it);
        let mut sums = then.sums(&mut conn, None, 1, &wanted).await?;
        sums.sort_by(|a, b| a.place.cmp(&b.place));
        let silent = sums.into_iter().map(UnitFigure::summed);
        units.extend(silent.filter(|it| !speak.contains(&it.unit_code)));
    }
    Ok((then.indicator, units))
}

/// The first day of whose end something can be told: that on which the first indicator was defined.
///
/// # Errors
///
/// The store's.
pub async fn first_day(db: &Db) -> Result<Option<chrono::NaiveDate>, IndicatorsError> {
    let first = store::indicators::first_defined_at(&mut db.read().await?).await?;
    Ok(first.and_then(day_of))
}

/// The day of `at` in Viet Nam.
fn day_of(at: i64) -> Option<chrono::NaiveDate> {
    let at = chrono::DateTime::from_timestamp_micros(at)?;
    Some(at.with_timezone(&sauro_kernel::VIETNAM).date_naive())
}

impl Then {
    /// The indicator named `code` as it was defined at the end of `day`.
    async fn find(conn: &mut Conn, code: &str, day: PastDay) -> Result<Self, IndicatorsError> {
        let now = store::indicators::find_by_code(conn, code)
            .await?
            .ok_or(IndicatorsError::NotFound("indicator"))?;
        if let Some(indicator) = store::indicators::find_at(conn, now.id, day.last_us()).await? {
            return Ok(Self { indicator, day });
        }
        let first = store::indicators::defined_at(conn, now.id).await?.and_then(day_of);
        let first = first.ok_or(IndicatorsError::NotFound("definition"))?;
        let why = sauro_kernel::NoSuchDay::Before(first);
        Err(IndicatorsError::of_field("ngay", why.to_string()))
    }

    async fn newest(
        &self,
        conn: &mut Conn,
        whose: Whose<'_>,
        limit: u16,
    ) -> Result<Vec<Observation>, IndicatorsError> {
        let end = (self.day.day(), self.day.last_us());
        Ok(store::past::newest(conn, self.indicator.id, whose, end, limit).await?)
    }

    /// The target of `unit` on that day, and how the newest of `figures`, oldest first, stood to it.
    async fn aim(
        &self,
        conn: &mut Conn,
        unit: AgencyId,
        figures: &[Observation],
    ) -> Result<(Option<Target>, Option<crate::model::Pace>), IndicatorsError> {
        let at = self.day.last_us();
        let targets = store::targets::in_force_at(conn, self.indicator.id, at).await?;
        let target = next_target(targets, unit, self.day.day());
        let pace = pace_of(target.as_ref(), figures, self.day.day());
        Ok((target, pace))
    }

    /// The line of the list on that day, of the figures and sums that may be seen.
    async fn line(
        &self,
        conn: &mut Conn,
        sees: impl Fn(&Observation) -> bool + Send,
        sees_sum: impl Fn(&PlaceFigure) -> bool + Send + Sync,
    ) -> Result<Overview, IndicatorsError> {
        let nation = Unit::nation().id;
        let at = self.day.last_us();
        let targets = store::targets::in_force_at(conn, self.indicator.id, at).await?;
        let is_national = targets.iter().any(|it| it.unit.is_nation());
        let unit = targets.first().map_or(nation, |it| it.unit.id);
        let unit = if is_national { nation } else { unit };
        let mut figures = self.newest(conn, Whose::Unit(unit), LINE).await?;
        figures.retain(sees);
        figures.reverse();
        let rolled = if figures.is_empty() && unit == nation {
            self.sums(conn, Some(NATION), 1, &sees_sum).await?.pop()
        } else {
            None
        };
        let (target, pace) = self.aim(conn, unit, &figures).await?;
        Ok(Overview { indicator: self.indicator.clone(), figures, rolled, target, pace })
    }

    /// What the units of `place`, or of every place, came to: of each place the newest `most` periods that
    /// are `wanted`, newest first.
    async fn sums(
        &self,
        conn: &mut Conn,
        place: Option<&str>,
        most: usize,
        wanted: &(dyn Fn(&PlaceFigure) -> bool + Sync),
    ) -> Result<Vec<PlaceFigure>, IndicatorsError> {
        let mut periods: BTreeMap<Period, BTreeSet<String>> = BTreeMap::new();
        for (Cell { period, place: of, .. }, _, _) in
            store::rollups::of_indicator(conn, self.indicator.id, CELLS).await?
        {
            if period.start <= self.day.day() && place.is_none_or(|it| it == of) {
                periods.entry(period).or_default().insert(of);
            }
        }
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut definitions: BTreeMap<i64, Indicator> = BTreeMap::new();
        let mut sums = Vec::new();
        let mut n_counted = 0;
        for (period, mut places) in periods.into_iter().rev() {
            places.retain(|it| found.get(it).is_none_or(|n| *n < most));
            if places.is_empty() {
                continue;
            }
            n_counted += 1;
            if n_counted > most + MORE {
                break;
            }
            let province = place.filter(|it| *it != NATION);
            let key = (self.indicator.id, period);
            let figures = store::past::of_period(conn, key, province, self.day.last_us()).await?;
            let Some(version) = figures.first().map(|it| it.definition_version) else { continue };
            if !definitions.contains_key(&version) {
                let id = self.indicator.id;
                let found = store::indicators::find_version(conn, id, version).await?;
                definitions.extend(found.map(|it| (version, it)));
            }
            let Some(definition) = definitions.get(&version) else { continue };
            for sum in sums_of(figures, definition, period) {
                if places.contains(&sum.place) && wanted(&sum) {
                    *found.entry(sum.place.clone()).or_default() += 1;
                    sums.push(sum);
                }
            }
        }
        Ok(sums)
    }
}

/// What `figures` of one period come to in the nation and in each province.
fn sums_of(
    mut figures: Vec<Observation>,
    indicator: &Indicator,
    period: Period,
) -> Vec<PlaceFigure> {
    let definition = &indicator.definition;
    figures.retain(|it| it.unit.level == definition.grain());
    figures.sort_unstable_by_key(|it| (it.reported_at, it.id));
    let mut places: BTreeMap<&str, Vec<Counted>> = BTreeMap::new();
    for it in &figures {
        let counted = it.counted(definition);
        for place in it.province().into_iter().chain([NATION]) {
            places.entry(place).or_default().push(counted);
        }
    }
    let sum = |(place, counted): (&str, Vec<Counted>)| {
        let tally = Tally::of(&counted, definition);
        // A ratio whose denominator was not kept cannot be added to others.
        let is_whole = !matches!(definition.shape, Shape::Ratio(_))
            || counted.iter().all(|it| it.parts.is_some());
        PlaceFigure {
            place: place.to_owned(),
            period,
            value: tally.figure(definition).filter(|_| is_whole),
            n: tally.n,
            n_appraised: tally.n_appraised,
        }
    };
    places.into_iter().map(sum).collect()
}
