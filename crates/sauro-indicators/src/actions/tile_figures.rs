//! Small pieces of figures, each for one unit or one place: what a tile of a dashboard shows.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx};
use sauro_store::Db;

use super::read::{PlaceFigure, newest_of_each, next_target, places};
use crate::model::{Indicator, Observation, Pace, Target, TargetState, Unit, UnitLevel};
use crate::store::rollups::NATION;
use crate::{IndicatorsError, store};

/// Figures of one unit read at most.
const LINE: u16 = 60;

/// Figures of the units of one place read at most.
pub(super) const TABLE: u16 = 4_000;

/// Indicators listed at most.
const INDICATORS: u16 = 2_000;

/// Who looks.
#[derive(Clone, Copy)]
pub enum Sight<'a> {
    /// Anyone: figures that were appraised.
    Public,
    /// Somebody who is signed in: figures that were reported as well.
    Inside(&'a Ctx),
}

/// An indicator of one unit with its past and its target.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitReading {
    /// The indicator.
    pub indicator: Indicator,
    /// Figures of the unit itself, oldest first.
    pub figures: Vec<Observation>,
    /// What the units below it come to, oldest first; only where it has no figure of its own.
    pub rolled: Vec<PlaceFigure>,
    /// Its next target.
    pub target: Option<Target>,
    /// How the newest figure stands to it.
    pub pace: Option<Pace>,
}

/// The newest figure of one unit of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFigure {
    /// The code of the unit's agency.
    pub unit_code: String,
    /// What the unit says of itself.
    pub own: Option<Observation>,
    /// What the units below it come to; only where it says nothing of itself.
    pub rolled: Option<PlaceFigure>,
}

/// An indicator, and the levels at which there are figures of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIndicator {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The agency that answers for it.
    pub owner: AgencyId,
    /// Levels with figures, from the top.
    pub levels: Vec<UnitLevel>,
}

impl Sight<'_> {
    pub(super) fn sees(self, figure: &Observation) -> bool {
        matches!(self, Self::Inside(_)) || figure.is_settled()
    }

    /// A sum tells of each of its parts, so all of them must have been appraised.
    pub(super) fn sees_sum(self, figure: &PlaceFigure) -> bool {
        matches!(self, Self::Inside(_)) || figure.n == figure.n_appraised
    }
}

impl UnitFigure {
    /// What a unit says of itself.
    pub(super) fn said(it: Observation) -> Self {
        Self { unit_code: it.unit.code.clone(), own: Some(it), rolled: None }
    }

    /// What the communes of a province come to.
    pub(super) fn summed(it: PlaceFigure) -> Self {
        Self { unit_code: format!("UBND-{}", it.place), own: None, rolled: Some(it) }
    }
}

/// The newest `most` figures of `unit` for the indicator named `code`, with the target, seen on `today`.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] when there is no such indicator.
pub async fn unit_reading(
    sight: Sight<'_>,
    db: &Db,
    code: &str,
    unit: &Unit,
    most: u16,
    today: NaiveDate,
) -> Result<UnitReading, IndicatorsError> {
    let mut conn = db.read().await?;
    let indicator = store::indicators::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("indicator"))?;
    let mut figures = store::observations::of_unit(&mut conn, indicator.id, unit.id, LINE).await?;
    figures.retain(|it| sight.sees(it));
    figures.truncate(usize::from(most));
    figures.reverse();
    let mut rolled = Vec::new();
    let has_below = matches!(unit.level, UnitLevel::National | UnitLevel::Province);
    if figures.is_empty() && has_below {
        let place = if unit.is_nation() { NATION } else { unit.province.as_str() };
        rolled = places(&mut conn, &indicator).await?;
        rolled.retain(|it| it.place == place && it.value.is_some() && sight.sees_sum(it));
        rolled.truncate(usize::from(most));
        rolled.reverse();
    }
    let targets = store::targets::in_state(&mut conn, indicator.id, TargetState::InForce).await?;
    let target = next_target(targets, unit.id, today);
    let pace = match (&target, figures.last()) {
        (Some(target), Some(newest)) => Some(target.pace(newest.value(), newest.as_of, today)),
        _ => None,
    };
    Ok(UnitReading { indicator, figures, rolled, target, pace })
}

/// The newest figure of each unit of a place for the indicator named `code`: of the provinces, or of the
/// communes of `province` when one is named. Units without a figure are left out.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] when there is no such indicator.
pub async fn figures_below(
    sight: Sight<'_>,
    db: &Db,
    code: &str,
    province: Option<&str>,
) -> Result<(Indicator, Vec<UnitFigure>), IndicatorsError> {
    let mut conn = db.read().await?;
    let indicator = store::indicators::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("indicator"))?;
    let id = indicator.id;
    let mut found = match province {
        None => store::observations::of_level(&mut conn, id, UnitLevel::Province, TABLE).await?,
        Some(province) => {
            let level = UnitLevel::Commune;
            store::observations::of_province(&mut conn, id, province, level, TABLE).await?
        }
    };
    found.retain(|it| sight.sees(it));
    let mut units: Vec<UnitFigure> =
        newest_of_each(found).into_iter().map(UnitFigure::said).collect();
    if province.is_none() && indicator.definition.grain() == UnitLevel::Commune {
        let speak: HashSet<String> = units.iter().map(|it| it.unit_code.clone()).collect();
        let mut newest: BTreeMap<String, UnitFigure> = BTreeMap::new();
        for it in places(&mut conn, &indicator).await? {
            if it.place != NATION && it.value.is_some() && sight.sees_sum(&it) {
                // They come newest first.
                newest.entry(it.place.clone()).or_insert_with(|| UnitFigure::summed(it));
            }
        }
        units.extend(newest.into_values().filter(|it| !speak.contains(&it.unit_code)));
    }
    Ok((indicator, units))
}

/// The indicators by code, and at which levels there are figures. What there is is public, so no right
/// is asked.
///
/// # Errors
///
/// The store's.
pub async fn known_indicators(db: &Db) -> Result<Vec<KnownIndicator>, IndicatorsError> {
    let rows = store::known_indicators::all(&mut db.read().await?, INDICATORS).await?;
    let known = |it: store::known_indicators::KnownRow| {
        let has = [it.is_national, it.is_of_ministries, it.is_of_provinces, it.is_of_communes];
        let levels = UnitLevel::ALL.into_iter().zip(has).filter(|it| it.1).map(|it| it.0);
        KnownIndicator { owner: it.owner(), levels: levels.collect(), code: it.code, name: it.name }
    };
    Ok(rows.into_iter().map(known).collect())
}
