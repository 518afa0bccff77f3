use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, TargetId};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::authority::owner;
use super::fields::Faulty;
use super::{TargetFields, indicator_by_code};
use crate::model::{Comparison, Indicator, Period, Target, TargetState, unit_of};
use crate::{IndicatorsError, store};

/// Sets the target of a unit for a period that has none yet (giao chỉ tiêu). Its baseline is frozen.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] but for the agency that answers for the indicator;
/// [`IndicatorsError::Invalid`] names every field to mend, a target that is there already among them.
pub async fn set_target(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    code: &str,
    fields: &TargetFields,
) -> Result<TargetId, IndicatorsError> {
    let indicator = indicator_by_code(db, code).await?;
    ctx.require(Right::ManageIndicators, owner(&indicator))?;
    let target = checked(ctx, directory, &indicator, fields, TargetState::InForce)?;
    let mut conn = db.write().await?;
    let taken = "Đơn vị đã có chỉ tiêu cho kỳ này. Muốn đổi thì đề nghị đổi, người thứ hai duyệt.";
    insert(&mut conn, &indicator, &target, taken).await?;
    sauro_journal::append(&mut conn, ctx, event("TargetSet", &indicator, &target)).await?;
    conn.commit().await?;
    Ok(target.id)
}

/// Adds `target`; where one in its state is there already, the fault says `taken`.
pub(super) async fn insert(
    conn: &mut Conn,
    indicator: &Indicator,
    target: &Target,
    taken: &'static str,
) -> Result<(), IndicatorsError> {
    match store::targets::insert(conn, indicator.id, target).await {
        Err(StoreError::Conflict(_)) => Err(IndicatorsError::of_field("han", taken)),
        other => Ok(other?),
    }
}

/// The target that `fields` say, in `state`, set by the caller now.
pub(super) fn checked(
    ctx: &Ctx,
    directory: &Directory,
    indicator: &Indicator,
    fields: &TargetFields,
    state: TargetState,
) -> Result<Target, IndicatorsError> {
    let mut faulty = Faulty::default();
    let unit = unit_of(directory, fields.unit.trim());
    if !unit
        .as_ref()
        .is_some_and(|it| it.is_nation() || indicator.definition.is_reported_at(it.level))
    {
        faulty.add("don-vi", "Chọn một đơn vị báo chỉ số này: VN, mã tỉnh, mã xã hoặc mã cơ quan.");
    }
    let period = Period::parse(fields.period.trim());
    if period.is_none() && !fields.period.trim().is_empty() {
        faulty.add("han", "Viết kỳ như 2030, 2026-Q4 hoặc 2026-06.");
    }
    let comparison = Comparison::of_code(&fields.comparison);
    if comparison.is_none() {
        faulty.add("phep-so", "Chọn ít nhất, trên, nhiều nhất, dưới hay đúng bằng.");
    }
    let value = faulty.figure("chi-tieu", &fields.value);
    let baseline = faulty.optional("so-goc", &fields.baseline);
    let on = NaiveDate::parse_from_str(fields.baseline_on.trim(), "%F").ok();
    if baseline.is_some() && on.is_none_or(|on| on > ctx.today()) {
        faulty.add("ngay-goc", "Nhập ngày của số gốc, không sau hôm nay.");
    }
    let reason = faulty.line("ly-do", "căn cứ hoặc lý do", &fields.reason);
    if let (Some(value), Some(baseline), Some(comparison)) = (value, baseline, comparison) {
        let is_backwards = match comparison {
            Comparison::AtLeast | Comparison::MoreThan => value < baseline,
            Comparison::AtMost | Comparison::LessThan => value > baseline,
            Comparison::Exactly => false,
        };
        if is_backwards {
            faulty.add(
                "chi-tieu",
                "Chỉ tiêu kém hơn số gốc, nên đã đạt từ đầu. Kiểm tra lại hai số.",
            );
        }
    }
    faulty.settle()?;
    match (unit, comparison, value) {
        (Some(unit), Some(comparison), Some(value)) => Ok(Target {
            id: TargetId(ctx.ids.fresh()),
            unit,
            period,
            comparison,
            value,
            baseline: baseline.zip(on),
            state,
            reason,
            set_by: ctx.actor.account,
            set_at: ctx.now_us(),
            decided_by: None,
        }),
        _ => Err(IndicatorsError::NotFound("target")),
    }
}

/// What the journal hears of a target.
pub(super) fn event(kind: &'static str, indicator: &Indicator, it: &Target) -> Event {
    let data = json!({
        "indicator": indicator.code,
        "unit": it.unit.code,
        "period": it.period.map(Period::code),
        "comparison": it.comparison.code(),
        "value": it.value.to_string(),
        "baseline": it.baseline.map(|it| it.0.to_string()),
        "reason": it.reason,
    });
    Event::new(kind, "target", it.id, data)
}
