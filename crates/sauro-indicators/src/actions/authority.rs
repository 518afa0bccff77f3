use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Denied, Over, Right};

use crate::model::{Indicator, Observation, Unit};

/// Whose right it is to speak of `unit`: itself, and for the nation the agency that answers for the
/// indicator.
pub(super) fn over<'a>(indicator: &'a Indicator, unit: &'a Unit) -> Over<'a> {
    if unit.is_nation() { owner(indicator) } else { Over { agency: unit.id, path: &unit.path } }
}

/// The agency that answers for `indicator`, as a place to check rights over.
pub(super) fn owner(indicator: &Indicator) -> Over<'_> {
    Over { agency: indicator.owner, path: &indicator.owner_path }
}

/// `Ok` when the caller reports the figures of `unit`. Those that are counted of tasks nobody reports.
///
/// # Errors
///
/// [`Denied`] for everybody else.
pub fn may_report(ctx: &Ctx, indicator: &Indicator, unit: &Unit) -> Result<(), Denied> {
    let over = over(indicator, unit);
    if indicator.definition.counts.is_some() {
        return Err(Denied {
            role: ctx.actor.role,
            right: Right::ReportFigures,
            relation: ctx.actor.relation_to(over),
        });
    }
    ctx.require(Right::ReportFigures, over)
}

/// `Ok` when the caller appraises `observation`: from the agency that answers for the indicator, or from
/// one that oversees it or the unit, and never from the agency that reported.
///
/// # Errors
///
/// [`Denied`] for everybody else.
pub fn may_appraise(
    ctx: &Ctx,
    indicator: &Indicator,
    observation: &Observation,
) -> Result<(), Denied> {
    let unit = Over { agency: observation.unit.id, path: &observation.unit.path };
    let denied = Denied {
        role: ctx.actor.role,
        right: Right::AppraiseFigures,
        relation: ctx.actor.relation_to(unit),
    };
    if observation.reporter == ctx.actor.agency || observation.is_counted() {
        return Err(denied);
    }
    let has_right = ctx.may(Right::AppraiseFigures, owner(indicator))
        || (!observation.unit.is_nation() && ctx.may(Right::AppraiseFigures, unit));
    if has_right { Ok(()) } else { Err(denied) }
}

/// The units whose figures of `indicator` the caller may report: the own one, and the nation for the
/// agency that answers for it.
pub fn reported_units(ctx: &Ctx, directory: &Directory, indicator: &Indicator) -> Vec<Unit> {
    let own = directory.agency(ctx.actor.agency).and_then(|it| Unit::of_agency(directory, it));
    [Some(Unit::nation()), own]
        .into_iter()
        .flatten()
        .filter(|it| indicator.definition.is_reported_at(it.level))
        .filter(|it| may_report(ctx, indicator, it).is_ok())
        .collect()
}
