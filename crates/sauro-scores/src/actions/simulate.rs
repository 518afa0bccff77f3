use rust_decimal::Decimal;
use sauro_kernel::{Ctx, Period, ScoreMethodId};

use super::compute::Room;
use super::methods::own;
use super::open_ranking::in_force;
use crate::model::{Counted, Measure, MethodVersion, UnitScore, score_all};
use crate::{ScoresError, store};

/// The ranking that a version would make of a period, beside the one in force, on the same facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// The version looked at.
    pub version: MethodVersion,
    /// The version in force for the period; none when there is none.
    pub before: Option<MethodVersion>,
    /// Of which period.
    pub period: Period,
    /// Each unit, in the order that the version looked at would make.
    pub moves: Vec<Move>,
}

/// What a version changes for one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its score by the version looked at.
    pub now: UnitScore,
    /// Its place in the order then; none when it is not ranked.
    pub place: Option<usize>,
    /// Its place by the version in force.
    pub place_before: Option<usize>,
    /// Its total by the version in force.
    pub total_before: Option<Decimal>,
    /// The component that changes its total most, and by how much.
    pub because: Option<(Measure, Decimal)>,
}

impl Move {
    /// Places gained; negative of places lost.
    pub fn gained(&self) -> Option<i64> {
        let (now, before) = (self.place?, self.place_before?);
        i64::try_from(before).ok()?.checked_sub(i64::try_from(now).ok()?)
    }
}

/// What the ranking of `period` would be by the version `n` of the method `id`.
///
/// # Errors
///
/// [`ScoresError::NotFound`] and [`ScoresError::Denied`] to others than those who manage the method.
pub async fn simulation(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, n): (ScoreMethodId, i64),
    period: Option<Period>,
) -> Result<Simulation, ScoresError> {
    let mut conn = room.db.read().await?;
    let method = own(ctx, &mut conn, id).await?;
    let versions = store::versions::of_method(&mut conn, id, &method.roster).await?;
    drop(conn);
    let absent = ScoresError::NotFound("version of a method");
    let version = versions.iter().find(|it| it.n == n).cloned().ok_or(absent)?;
    let rhythm = version.design.rhythm;
    let period = period.filter(|it| it.kind == rhythm && it.start <= ctx.today());
    let period = period.unwrap_or_else(|| Period::containing(rhythm, ctx.today()));
    let others: Vec<MethodVersion> = versions.into_iter().filter(|it| it.n != n).collect();
    let before = in_force(&others, period).cloned();
    let design = &version.design;
    let units = room.units(ctx, design, period);
    let mut measures = design.measures();
    let also = before.iter().flat_map(|it| it.design.measures());
    for it in also {
        if !measures.contains(&it) {
            measures.push(it);
        }
    }
    let shares = room.shares(ctx, (design, &measures), period, &units).await?;
    let counted = Counted { shares, ..Counted::default() };
    let now = score_all(design, &units, &counted);
    let then = match &before {
        Some(it) => score_all(&it.design, &units, &counted),
        None => Vec::new(),
    };
    Ok(Simulation { moves: moves(now, &then), version, before, period })
}

fn moves(now: Vec<UnitScore>, then: &[UnitScore]) -> Vec<Move> {
    let places = |all: &[UnitScore], it: &UnitScore| {
        it.total.map(|total| 1 + all.iter().filter(|other| other.total > Some(total)).count())
    };
    let all = now.clone();
    now.into_iter()
        .map(|it| {
            let before = then.iter().find(|other| other.unit.id == it.unit.id);
            Move {
                place: places(&all, &it),
                place_before: before.and_then(|before| places(then, before)),
                total_before: before.and_then(|before| before.total),
                because: before.and_then(|before| because(&it, before)),
                now: it,
            }
        })
        .collect()
}

/// The component whose contribution differs most.
fn because(now: &UnitScore, before: &UnitScore) -> Option<(Measure, Decimal)> {
    let of = |score: &UnitScore, measure| {
        let sums = score.part(measure).and_then(|it| it.sums.as_ref());
        sums.map_or(Decimal::ZERO, |it| it.contribution)
    };
    let all = now.parts.iter().chain(&before.parts).map(|it| it.component.measure);
    all.map(|it| (it, of(now, it) - of(before, it)))
        .filter(|it| !it.1.is_zero())
        .max_by_key(|it| (it.1.abs(), std::cmp::Reverse(it.0)))
}
