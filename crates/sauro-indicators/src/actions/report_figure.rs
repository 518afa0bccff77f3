use sauro_journal::Event;
use sauro_kernel::{Ctx, ObservationId};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::authority::may_report;
use super::fields::Faulty;
use super::take_figure::{calculate, definition_of, look_at};
use super::{FigureFields, indicator_by_code};
use crate::model::{Indicator, Observation, Period, Shape, Step, Unit};
use crate::{IndicatorsError, store};

/// Reports the figure of `unit` for a period (báo số liệu). Calculated ones are worked out here.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] names every field to mend; [`IndicatorsError::Unusual`] asks to confirm;
/// [`IndicatorsError::Denied`] for whoever does not report that unit.
pub async fn report_figure(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    unit: &Unit,
    fields: &FigureFields,
) -> Result<ObservationId, IndicatorsError> {
    let indicator = indicator_by_code(db, code).await?;
    if !indicator.definition.is_reported_at(unit.level) {
        return Err(IndicatorsError::NotFound("unit that reports this indicator"));
    }
    may_report(ctx, &indicator, unit)?;
    let mut faulty = Faulty::default();
    let period = faulty.period("ky", &fields.period, &indicator.definition, ctx.today());
    let source = faulty.line("nguon", "nguồn số liệu", &fields.source);
    let Some(period) = period else {
        // What else is wrong is said at once, under the newest definition.
        faulty.reported(fields, &indicator.definition);
        faulty.settle()?;
        return Err(IndicatorsError::NotFound("period"));
    };
    let mut conn = db.write().await?;
    let taken = take(ctx, &mut conn, indicator, (unit, period), fields, (faulty, source)).await?;
    conn.commit().await?;
    Ok(taken.id)
}

/// Reports the figure of `unit` for `period` in the transaction of `conn`, as part of something larger
/// whose right was checked.
pub(super) async fn report_within(
    ctx: &Ctx,
    conn: &mut Conn,
    indicator: Indicator,
    (unit, period): (&Unit, Period),
    fields: &FigureFields,
) -> Result<Observation, IndicatorsError> {
    let mut faulty = Faulty::default();
    let source = faulty.line("nguon", "nguồn số liệu", &fields.source);
    take(ctx, conn, indicator, (unit, period), fields, (faulty, source)).await
}

async fn take(
    ctx: &Ctx,
    conn: &mut Conn,
    indicator: Indicator,
    (unit, period): (&Unit, Period),
    fields: &FigureFields,
    (mut faulty, source): (Faulty, String),
) -> Result<Observation, IndicatorsError> {
    let code = indicator.code.clone();
    let indicator = definition_of(conn, indicator, period).await?;
    if store::observations::of_period(conn, indicator.id, unit.id, period).await?.is_some() {
        faulty.add("ky", "Kỳ này đã có số liệu. Mở số đã báo để đính chính, hoặc chọn kỳ khác.");
    }
    if indicator.definition.counts.is_some() {
        faulty.add("ky", "Kỳ này máy đếm từ nhiệm vụ, không nhập. Chọn kỳ khác.");
    }
    let reported = faulty.reported(fields, &indicator.definition);
    faulty.settle()?;
    let reported = match (&indicator.definition.shape, reported) {
        (Shape::Formula(text), _) => calculate(conn, text, unit, period).await?,
        (_, Some(reported)) => reported,
        (_, None) => return Err(IndicatorsError::NotFound("figure")),
    };
    look_at(conn, &indicator, (unit, period), reported, fields).await?;
    let observation = Observation {
        id: ObservationId(ctx.ids.fresh()),
        indicator: indicator.id,
        definition_version: indicator.version,
        unit: unit.clone(),
        period,
        as_of: period.end().min(ctx.today()),
        reported,
        source,
        remark: fields.remark.trim().to_owned(),
        reported_by: ctx.actor.account,
        reporter: ctx.actor.agency,
        reported_at: ctx.now_us(),
        appraised: None,
        appraisal: None,
        version: 1,
    };
    write(ctx, conn, &observation).await.map_err(taken)?;
    sauro_journal::append(conn, ctx, event(&observation, &code)).await?;
    Ok(observation)
}

/// Writes a first figure and its first step.
pub(super) async fn write(ctx: &Ctx, conn: &mut Conn, it: &Observation) -> Result<(), StoreError> {
    store::observations::insert(conn, it).await?;
    let key = (it.id, it.version);
    store::revisions::insert(conn, ctx, key, Step::Reported, it.reported.value, &it.remark).await
}

/// What the journal hears of a first figure.
pub(super) fn event(it: &Observation, code: &str) -> Event {
    let data = json!({
        "indicator": code,
        "unit": it.unit.code,
        "period": it.period.code(),
        "value": it.reported.value.to_string(),
    });
    Event::new("FigureReported", "observation", it.id, data)
}

/// Of two who report the same at once, the second is told.
fn taken(err: StoreError) -> IndicatorsError {
    match err {
        StoreError::Conflict(_) => {
            IndicatorsError::of_field("ky", "Người khác vừa báo số của kỳ này. Mở số đó để xem.")
        }
        err => err.into(),
    }
}
