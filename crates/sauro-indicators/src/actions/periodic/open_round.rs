use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{Ctx, RoundId, WorkingCalendar};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::authority::may_manage;
use crate::model::periodic::{Form, Round};
use crate::model::{Period, UnitLevel};
use crate::{IndicatorsError, store};

/// Opens the round of the form named `code` for the period `period` (mở đợt báo cáo). The design of this
/// moment holds for the whole round.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] for a period of another rhythm, one that has not begun, or one that has a
/// round.
pub async fn open_round(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    code: &str,
    period: &str,
) -> Result<RoundId, IndicatorsError> {
    let mut conn = db.write().await?;
    let form = store::periodic::forms::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("form"))?;
    may_manage(ctx, &form)?;
    if form.extends.is_some() || form.is_retired {
        return Err(IndicatorsError::NotFound("form that has rounds"));
    }
    let rhythm = form.design.rhythm;
    let period = match Period::parse(period.trim()) {
        Some(it) if it.kind == rhythm && it.start <= ctx.today() => it,
        _ => {
            let words = format!("Chọn một {} đã bắt đầu.", rhythm.label());
            return Err(IndicatorsError::of_field("ky", words));
        }
    };
    if store::periodic::rounds::of_period(&mut conn, form.id, period).await?.is_some() {
        return Err(IndicatorsError::of_field("ky", "Đợt của kỳ này đã mở."));
    }
    let id = open(ctx, &mut conn, calendar, &form, period).await?;
    conn.commit().await?;
    Ok(id)
}

/// Opens every round whose cut-off has come, for the machine room. Answers how many. A form that nobody
/// opened for long gets the newest round only.
///
/// # Errors
///
/// The store's; the next call tries again.
pub async fn open_due_rounds(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
) -> Result<usize, IndicatorsError> {
    let forms = store::periodic::forms::all(&mut db.read().await?).await?;
    let mut n = 0;
    for form in forms.into_iter().filter(|it| it.extends.is_none()) {
        let Some(period) = due_period(&form, ctx.today()) else { continue };
        let mut reader = db.read().await?;
        if store::periodic::rounds::of_period(&mut reader, form.id, period).await?.is_some() {
            continue;
        }
        drop(reader);
        let mut conn = db.write().await?;
        match open(ctx, &mut conn, calendar, &form, period).await {
            Ok(_) => conn.commit().await?,
            // Somebody opened it by hand in this moment.
            Err(IndicatorsError::Invalid(_)) => continue,
            Err(err) => return Err(err),
        }
        n += 1;
    }
    Ok(n)
}

/// The newest period of `form` whose cut-off has come.
fn due_period(form: &Form, today: NaiveDate) -> Option<Period> {
    let is_due = |it: &Period| form.design.schedule.cut_off_on(*it) <= today;
    Period::latest(form.design.rhythm, today, 4).into_iter().find(is_due)
}

async fn open(
    ctx: &Ctx,
    conn: &mut Conn,
    calendar: &WorkingCalendar,
    form: &Form,
    period: Period,
) -> Result<RoundId, IndicatorsError> {
    let schedule = form.design.schedule;
    let round = Round {
        id: RoundId(ctx.ids.fresh()),
        form: form.id,
        form_version: form.version,
        period,
        cut_off_on: schedule.cut_off_on(period),
        due_on: schedule.due_on(UnitLevel::Province, period, calendar),
        commune_due_on: schedule.due_on(UnitLevel::Commune, period, calendar),
        locks_on: schedule.locks_on(period, calendar),
        opened_at: ctx.now_us(),
    };
    store::periodic::rounds::insert(conn, &round).await.map_err(|err| match err {
        StoreError::Conflict(_) => IndicatorsError::of_field("ky", "Đợt của kỳ này đã mở."),
        err => err.into(),
    })?;
    let data = json!({
        "form": form.code,
        "name": form.design.name,
        "period": period.code(),
        "due_on": round.due_on,
        "commune_due_on": round.commune_due_on,
    });
    sauro_journal::append(conn, ctx, Event::new("RoundOpened", "report_round", round.id, data))
        .await?;
    Ok(round.id)
}
