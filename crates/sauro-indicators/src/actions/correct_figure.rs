use sauro_journal::Event;
use sauro_kernel::{Ctx, ObservationId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::FigureFields;
use super::authority::may_report;
use super::fields::Faulty;
use super::read::of_observation;
use super::take_figure::{calculate, look_at};
use crate::model::{Observation, Shape};
use crate::{IndicatorsError, store};

/// Corrects the reported figure `id`, as read at `version`, with a reason (đính chính). What was appraised
/// of it no longer holds and is appraised again; every earlier value stays in its history.
///
/// # Errors
///
/// [`IndicatorsError::Stale`] when someone else changed it since; else as when reporting.
pub async fn correct_figure(
    ctx: &Ctx,
    db: &Db,
    id: ObservationId,
    version: i64,
    fields: &FigureFields,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let (indicator, old) = of_observation(&mut conn, id).await?;
    may_report(ctx, &indicator, &old.unit)?;
    if old.version != version {
        return Err(IndicatorsError::Stale);
    }
    let mut faulty = Faulty::default();
    let reported = faulty.reported(fields, &indicator.definition);
    let source = faulty.line("nguon", "nguồn số liệu", &fields.source);
    let reason = faulty.prose("ghi-chu", "lý do đính chính", &fields.remark);
    faulty.settle()?;
    let reported = match (&indicator.definition.shape, reported) {
        (Shape::Formula(text), _) => calculate(&mut conn, text, &old.unit, old.period).await?,
        (_, Some(reported)) => reported,
        (_, None) => return Err(IndicatorsError::NotFound("figure")),
    };
    look_at(&mut conn, &indicator, (&old.unit, old.period), reported, fields).await?;
    let new = Observation {
        reported,
        source,
        remark: reason.clone(),
        reported_by: ctx.actor.account,
        reporter: ctx.actor.agency,
        appraised: None,
        appraisal: None,
        version: version + 1,
        ..old.clone()
    };
    write(ctx, &mut conn, &indicator.code, (&old, &new), &reason).await?;
    conn.commit().await?;
    Ok(())
}

/// Writes `new` in the place of `old`, the step with its reason, and what the journal hears of the indicator
/// named `code`.
///
/// # Errors
///
/// [`IndicatorsError::Stale`] when `old` is no longer what is there.
pub(super) async fn write(
    ctx: &Ctx,
    conn: &mut Conn,
    code: &str,
    (old, new): (&Observation, &Observation),
    reason: &str,
) -> Result<(), IndicatorsError> {
    if !store::observations::update(conn, new).await? {
        return Err(IndicatorsError::Stale);
    }
    let value = new.reported.value;
    store::revisions::insert_correction(conn, ctx, (old, new), reason).await?;
    let data = json!({
        "indicator": code,
        "unit": old.unit.code,
        "period": old.period.code(),
        "value": value.to_string(),
        "before": old.reported.value.to_string(),
        "reason": reason,
    });
    let event = Event::new("FigureCorrected", "observation", new.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}
