use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Denied, Over, Right};

use crate::IndicatorsError;
use crate::model::Unit;
use crate::model::periodic::Form;

/// The agency that answers for the report of `unit`: itself, and for the nation the one that asks.
pub(super) fn writer<'a>(form: &'a Form, unit: &'a Unit) -> Over<'a> {
    if unit.is_nation() { owner(form) } else { Over { agency: unit.id, path: &unit.path } }
}

/// The agency that asks, as a place to check rights over.
pub(super) fn owner(form: &Form) -> Over<'_> {
    Over { agency: form.owner, path: &form.owner_path }
}

/// `Ok` when the caller writes the report of `unit`.
pub(super) fn may_draft(ctx: &Ctx, form: &Form, unit: &Unit) -> Result<(), Denied> {
    ctx.require(Right::DraftPeriodic, writer(form, unit))
}

/// `Ok` when the caller signs the report of `unit`.
pub(super) fn may_send(ctx: &Ctx, form: &Form, unit: &Unit) -> Result<(), Denied> {
    ctx.require(Right::SendPeriodic, writer(form, unit))
}

/// `Ok` when the caller takes in what is sent to `receiver`.
pub(super) fn may_receive(
    ctx: &Ctx,
    directory: &Directory,
    receiver: AgencyId,
) -> Result<(), Denied> {
    let nowhere = AgencyPath::nation();
    let path = directory.agency(receiver).map_or(&nowhere, |it| &it.path);
    ctx.require(Right::ReceivePeriodic, Over { agency: receiver, path })
}

/// True when the caller may read the report of `unit`, which goes to `receiver`: whoever wrote it, has it
/// or oversees the unit.
pub(super) fn may_read(ctx: &Ctx, form: &Form, unit: &Unit, receiver: Option<AgencyId>) -> bool {
    let is_own = ctx.may(Right::DraftPeriodic, writer(form, unit));
    let has_it =
        receiver == Some(ctx.actor.agency) && ctx.may(Right::ReceivePeriodic, ctx.actor.own());
    is_own || has_it || ctx.may(Right::ReadTasks, writer(form, unit))
}

/// `Ok` when the caller designs `form` and runs its rounds; for others it is not there.
pub(super) fn may_manage(ctx: &Ctx, form: &Form) -> Result<(), IndicatorsError> {
    ctx.require(Right::ManageForms, ctx.actor.own())?;
    match ctx.require(Right::ManageForms, owner(form)) {
        Ok(()) => Ok(()),
        Err(_) => Err(IndicatorsError::NotFound("form")),
    }
}
