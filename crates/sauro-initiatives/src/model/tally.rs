//! What a council's ballots come to. Every figure follows from the published sheet: sums are exact, and
//! each quotient is rounded once, to four decimals, halves away from zero.

use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

use super::{Ballot, Criterion};

/// Decimals of every quotient.
const PLACES: u32 = 4;

/// What the members gave one initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Members who scored.
    pub n: usize,
    /// Mean and standard deviation of each criterion.
    pub criteria: Vec<(Decimal, Decimal)>,
    /// The mean of the members' totals.
    pub total: Decimal,
    /// The standard deviation of the members' totals.
    pub spread: Decimal,
    /// Members whose total stands far from the others', with their totals.
    pub totals: Vec<(i64, Decimal, bool)>,
}

impl Tally {
    /// Counts `ballots`; recused ones count nowhere. None while nobody has scored.
    pub fn of(criteria: &[Criterion], ballots: &[Ballot]) -> Option<Self> {
        let scored: Vec<&Ballot> = ballots
            .iter()
            .filter(|it| it.conflict.is_none() && it.points.len() == criteria.len())
            .collect();
        let n = Decimal::from(scored.len());
        if scored.is_empty() {
            return None;
        }
        let per_criterion = (0..criteria.len()).map(|at| {
            let points: Vec<Decimal> =
                scored.iter().filter_map(|it| it.points.get(at).copied()).collect();
            (rounded(points.iter().sum::<Decimal>() / n), deviation(&points))
        });
        let exact: Vec<Decimal> = scored.iter().map(|it| weighed(criteria, it)).collect();
        let far = outliers(&exact);
        let totals = scored.iter().zip(&exact).zip(far);
        Some(Self {
            n: scored.len(),
            criteria: per_criterion.collect(),
            total: rounded(exact.iter().sum::<Decimal>() / n),
            spread: deviation(&exact),
            totals: totals.map(|((it, total), far)| (it.member, rounded(*total), far)).collect(),
        })
    }
}

/// The exact total of one ballot.
fn weighed(criteria: &[Criterion], it: &Ballot) -> Decimal {
    let sum: Decimal = criteria.iter().zip(&it.points).map(|(it, points)| it.weight * points).sum();
    sum / Decimal::ONE_HUNDRED
}

fn rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero)
}

/// The standard deviation of a sample; of one value none.
fn deviation(values: &[Decimal]) -> Decimal {
    let n = values.len();
    if n < 2 {
        return Decimal::ZERO;
    }
    let mean = values.iter().sum::<Decimal>() / Decimal::from(n);
    let squares: Decimal = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    rounded((squares / Decimal::from(n - 1)).sqrt().unwrap_or_default())
}

fn median(sorted: &[Decimal]) -> Decimal {
    let middle = sorted.len() / 2;
    let at = |n: usize| sorted.get(n).copied().unwrap_or_default();
    if sorted.len() % 2 == 1 {
        at(middle)
    } else {
        (at(middle.saturating_sub(1)) + at(middle)) / Decimal::TWO
    }
}

/// Which values stand far from the others: a modified z-score above 3.5 (Iglewicz and Hoaglin), which
/// one wild value cannot hide by itself. Of fewer than four values nobody can say.
fn outliers(values: &[Decimal]) -> Vec<bool> {
    if values.len() < 4 {
        return vec![false; values.len()];
    }
    let mut sorted = values.to_vec();
    sorted.sort();
    let middle = median(&sorted);
    let mut off: Vec<Decimal> = values.iter().map(|it| (it - middle).abs()).collect();
    let each = off.clone();
    off.sort();
    let usual = median(&off);
    let mean_off = off.iter().sum::<Decimal>() / Decimal::from(off.len());
    // Where most agree to the point, the mean of what is off stands in.
    let scale = match usual.is_zero() {
        false => usual / Decimal::new(6745, 4),
        true => mean_off * Decimal::new(1_253_314, 6),
    };
    each.iter().map(|it| *it > scale * Decimal::new(35, 1) && !scale.is_zero()).collect()
}
