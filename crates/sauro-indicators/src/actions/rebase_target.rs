use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Right, TargetId};
use sauro_store::Db;

use super::authority::owner;
use super::set_target::{checked, event, insert};
use super::{TargetFields, indicator_by_code};
use crate::model::TargetState;
use crate::{IndicatorsError, store};

/// Proposes another target or baseline in the place of one in force, with a reason (đề nghị đổi chỉ
/// tiêu). Nothing changes before a second person decides.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] when there is none to change, or a proposal waits already.
pub async fn propose_rebase(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    code: &str,
    fields: &TargetFields,
) -> Result<TargetId, IndicatorsError> {
    let indicator = indicator_by_code(db, code).await?;
    ctx.require(Right::ManageIndicators, owner(&indicator))?;
    let target = checked(ctx, directory, &indicator, fields, TargetState::Proposed)?;
    let mut conn = db.write().await?;
    let in_force = store::targets::in_state(&mut conn, indicator.id, TargetState::InForce).await?;
    if !in_force.iter().any(|it| it.unit.id == target.unit.id && it.period == target.period) {
        let words = "Đơn vị chưa có chỉ tiêu cho kỳ này. Giao chỉ tiêu trước.";
        return Err(IndicatorsError::of_field("han", words));
    }
    let taken = "Một đề nghị đổi chỉ tiêu này đang chờ duyệt. Duyệt hoặc từ chối đề nghị đó trước.";
    insert(&mut conn, &indicator, &target, taken).await?;
    sauro_journal::append(&mut conn, ctx, event("TargetProposed", &indicator, &target)).await?;
    conn.commit().await?;
    Ok(target.id)
}

/// Decides the proposal `id` (duyệt đổi chỉ tiêu): a second person of the agency that answers for the
/// indicator puts it in force, or refuses it.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] for whoever proposed it; [`IndicatorsError::Stale`] when it was decided.
pub async fn decide_rebase(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    id: TargetId,
    is_accepted: bool,
) -> Result<(), IndicatorsError> {
    let indicator = indicator_by_code(db, code).await?;
    ctx.require(Right::ManageIndicators, owner(&indicator))?;
    let mut conn = db.write().await?;
    let proposed = store::targets::in_state(&mut conn, indicator.id, TargetState::Proposed).await?;
    let Some(target) = proposed.into_iter().find(|it| it.id == id) else {
        return Err(IndicatorsError::Stale);
    };
    if target.set_by == ctx.actor.account {
        let words = "Đồng chí đã đề nghị, người thứ hai phải duyệt.";
        return Err(IndicatorsError::of_field("duyet", words));
    }
    let to = if is_accepted { TargetState::InForce } else { TargetState::Refused };
    if is_accepted {
        let in_force =
            store::targets::in_state(&mut conn, indicator.id, TargetState::InForce).await?;
        let old = in_force
            .into_iter()
            .find(|it| it.unit.id == target.unit.id && it.period == target.period)
            .ok_or(IndicatorsError::Stale)?;
        let step = (TargetState::InForce, TargetState::Replaced);
        store::targets::decide(&mut conn, old.id, step, (None, ctx.now_us())).await?;
    }
    let step = (TargetState::Proposed, to);
    let by = (Some(ctx.actor.account), ctx.now_us());
    if !store::targets::decide(&mut conn, id, step, by).await? {
        return Err(IndicatorsError::Stale);
    }
    let kind = if is_accepted { "TargetRebased" } else { "TargetRebaseRefused" };
    sauro_journal::append(&mut conn, ctx, event(kind, &indicator, &target)).await?;
    conn.commit().await?;
    Ok(())
}
