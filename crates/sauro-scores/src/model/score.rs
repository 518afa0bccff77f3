//! From counts to points, to a total, to the ranks that a unit may hold.

use std::collections::HashMap;

use rust_decimal::{Decimal, MathematicalOps};
use sauro_kernel::AgencyId;
use serde::{Deserialize, Serialize};

use super::{Component, Design, Measure, Unit, rounded, wilson};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// What counts.
    pub hits: i64,
    /// Of how many.
    pub of: i64,
}

/// What goes into the scores: counts, and what an appraiser says instead of what follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// What was counted of each unit by each measure.
    pub shares: HashMap<(AgencyId, Measure), Share>,
    /// The points that an appraiser gave.
    pub adjusted: HashMap<(AgencyId, Measure), Decimal>,
}

/// One component of one unit's score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What was asked.
    pub component: Component,
    /// What was counted; none without data.
    pub share: Option<Share>,
    /// What follows from the count; none of too small a count.
    pub sums: Option<Sums>,
}

/// What follows from a count that is large enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// The share in percent.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// The points that it makes.
    #[serde(with = "rust_decimal::serde::str")]
    pub computed: Decimal,
    /// The points that an appraiser gave instead.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub adjusted: Option<Decimal>,
    /// The points at the lower end of the interval.
    #[serde(with = "rust_decimal::serde::str")]
    pub low: Decimal,
    /// The points at the upper end.
    #[serde(with = "rust_decimal::serde::str")]
    pub high: Decimal,
    /// What it adds to the total.
    #[serde(with = "rust_decimal::serde::str")]
    pub contribution: Decimal,
}

/// The score of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitScore {
    /// Whose.
    pub unit: Unit,
    /// Its parts, in the order of the method.
    pub parts: Vec<Part>,
    /// The weight of what could be rated: the others' weight is shared out among these.
    #[serde(with = "rust_decimal::serde::str")]
    pub rated: Decimal,
    /// The total; none while too little could be rated.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub total: Option<Decimal>,
    /// Lower end of the interval of the total.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub low: Option<Decimal>,
    /// Upper end.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub high: Option<Decimal>,
    /// The ranks that it may hold; none of what is not ranked.
    pub rank: Option<RankRange>,
}

/// The ranks that a unit may hold, as far as the intervals tell units apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankRange {
    /// The best.
    pub best: usize,
    /// The worst.
    pub worst: usize,
}

impl std::fmt::Display for RankRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.best == self.worst {
            true => write!(f, "{}", self.best),
            false => write!(f, "{}–{}", self.best, self.worst),
        }
    }
}

impl Sums {
    /// The points that count.
    pub fn points(&self) -> Decimal {
        self.adjusted.unwrap_or(self.computed)
    }
}

impl Part {
    /// The part of `component`, before it is known which others are rated.
    fn of(component: &Component, share: Option<Share>, adjusted: Option<Decimal>) -> Self {
        let enough = share.filter(|it| it.of >= component.least.max(1));
        let sums = enough.and_then(|share| {
            let hits = Decimal::from(share.hits.clamp(0, share.of));
            let value = rounded((hits * Decimal::ONE_HUNDRED).checked_div(share.of.into())?);
            let computed = component.points(value);
            let (low, high) = wilson(share)?;
            // Points that an appraiser gives take the interval with them.
            let moved = adjusted.map_or(Decimal::ZERO, |it| it - computed);
            let end = |it| within(component.points(rounded(it)) + moved);
            let (low, high) = (end(low), end(high));
            let points = adjusted.unwrap_or(computed);
            Some(Sums {
                value,
                computed,
                adjusted,
                low: low.min(points),
                high: high.max(points),
                contribution: Decimal::ZERO,
            })
        });
        Self { component: component.clone(), share, sums }
    }
}

impl UnitScore {
    fn of(design: &Design, unit: &Unit, counted: &Counted) -> Self {
        let mut parts: Vec<Part> = design
            .components
            .iter()
            .map(|it| {
                let key = (unit.id, it.measure);
                let share = counted.shares.get(&key).copied();
                Part::of(it, share, counted.adjusted.get(&key).copied())
            })
            .collect();
        let is_rated = |it: &&Part| it.sums.is_some();
        let rated: Decimal = parts.iter().filter(is_rated).map(|it| it.component.weight).sum();
        let mut total = Decimal::ZERO;
        let (mut below, mut above) = (Decimal::ZERO, Decimal::ZERO);
        for part in &mut parts {
            let weight = part.component.weight;
            let Some(sums) = &mut part.sums else { continue };
            let weighed =
                |points: Decimal| (points * weight).checked_div(rated).unwrap_or_default();
            sums.contribution = rounded(weighed(sums.points()));
            total += sums.contribution;
            below += square(weighed(sums.points() - sums.low));
            above += square(weighed(sums.high - sums.points()));
        }
        let is_ranked = rated > Decimal::ZERO && rated >= design.enough;
        let end = |it: Decimal| is_ranked.then(|| rounded(within(it)));
        let root = |it: Decimal| it.sqrt().unwrap_or_default();
        Self {
            unit: unit.clone(),
            parts,
            rated,
            total: is_ranked.then_some(total),
            low: end(total - root(below)),
            high: end(total + root(above)),
            rank: None,
        }
    }

    /// The part that measures `measure`.
    pub fn part(&self, measure: Measure) -> Option<&Part> {
        self.parts.iter().find(|it| it.component.measure == measure)
    }

    /// What could not be rated: its weight was shared out.
    pub fn unrated(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|it| it.sums.is_none())
    }
}

/// The scores of `units`, best first, then those that are not ranked; those alike by code.
///
/// The interval of a total is that of its parts as if they were independent: half-widths weighed like
/// the points, squared, added, and the root of the sum. A unit stands behind those whose whole interval
/// lies above its own and before those whose whole interval lies below.
pub fn score_all(design: &Design, units: &[Unit], counted: &Counted) -> Vec<UnitScore> {
    let mut all: Vec<UnitScore> =
        units.iter().map(|it| UnitScore::of(design, it, counted)).collect();
    let ends: Vec<(Decimal, Decimal)> =
        all.iter().filter_map(|it| Some((it.low?, it.high?))).collect();
    let mut lows: Vec<Decimal> = ends.iter().map(|it| it.0).collect();
    let mut highs: Vec<Decimal> = ends.iter().map(|it| it.1).collect();
    lows.sort_unstable();
    highs.sort_unstable();
    for it in &mut all {
        let (Some(low), Some(high)) = (it.low, it.high) else { continue };
        let n_above = lows.len() - lows.partition_point(|other| *other <= high);
        let n_below = highs.partition_point(|other| *other < low);
        it.rank = Some(RankRange { best: 1 + n_above, worst: ends.len() - n_below });
    }
    all.sort_by(|a, b| {
        let key = |it: &UnitScore| (it.total.is_none(), std::cmp::Reverse(it.total));
        key(a).cmp(&key(b)).then_with(|| a.unit.code.cmp(&b.unit.code))
    });
    all
}

/// What went into `scores`: to score again with one thing corrected.
impl Counted {
    /// The counts and adjustments that stand in `scores`.
    pub fn of_scores(scores: &[UnitScore]) -> Self {
        let mut counted = Self::default();
        for it in scores {
            for part in &it.parts {
                let key = (it.unit.id, part.component.measure);
                counted.shares.extend(part.share.map(|share| (key, share)));
                let adjusted = part.sums.as_ref().and_then(|sums| sums.adjusted);
                counted.adjusted.extend(adjusted.map(|points| (key, points)));
            }
        }
        counted
    }
}

fn square(it: Decimal) -> Decimal {
    it * it
}

fn within(points: Decimal) -> Decimal {
    points.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)
}
