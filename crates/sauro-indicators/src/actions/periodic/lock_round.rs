use chrono::{Days, NaiveDate};
use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::authority::may_manage;
use super::read::round_within;
use crate::actions::fields::Faulty;
use crate::model::periodic::{Audience, Exception};
use crate::{IndicatorsError, store};

/// Longest exception, in days.
const LONGEST: u64 = 60;

/// Locks the round now, or lets it take reports until another day (khóa, mở khóa đợt báo cáo).
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] for a day that is none, or more than a year ahead.
pub async fn lock_round(
    ctx: &Ctx,
    db: &Db,
    round: RoundId,
    last_day: &str,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let (round, form) = round_within(&mut conn, round).await?;
    may_manage(ctx, &form)?;
    let last = match day(last_day) {
        Some(it) if it <= far(ctx, 366) => it,
        _ => {
            let words = "Ghi ngày cuối cùng được gửi, không quá một năm kể từ hôm nay.";
            return Err(IndicatorsError::of_field("khoa", words));
        }
    };
    store::periodic::rounds::lock_on(&mut conn, round.id, last).await?;
    let data = json!({ "form": form.code, "period": round.period.code(), "locks_on": last });
    let event = Event::new("RoundLockMoved", "report_round", round.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}

/// Lets the unit named `unit` send until a day although the round is locked (cho phép gửi muộn).
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] names every field to mend.
pub async fn grant_exception(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    round: RoundId,
    (unit, until, reason): (&str, &str, &str),
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let (round, form) = round_within(&mut conn, round).await?;
    may_manage(ctx, &form)?;
    let mut faulty = Faulty::default();
    let audience = Audience::of(&form, &form.design);
    let unit = directory.by_code(unit.trim()).and_then(|it| audience.unit(directory, it));
    if unit.is_none() {
        faulty.add("don-vi", "Chọn một đơn vị phải báo cáo trong đợt này.");
    }
    let until_on = day(until).filter(|it| (ctx.today()..=far(ctx, LONGEST)).contains(it));
    if until_on.is_none() {
        faulty.add("den-ngay", format!("Chọn ngày từ hôm nay đến {LONGEST} ngày nữa."));
    }
    let reason = faulty.line("ly-do", "lý do", reason);
    faulty.settle()?;
    let (Some(unit), Some(until_on)) = (unit, until_on) else {
        return Err(IndicatorsError::NotFound("unit of the round"));
    };
    let exception = Exception { unit: unit.id, until_on, reason };
    grant(ctx, &mut conn, round.id, &exception).await?;
    conn.commit().await?;
    Ok(())
}

/// Writes the exception and tells the journal, in the transaction of `conn`.
pub(super) async fn grant(
    ctx: &Ctx,
    conn: &mut Conn,
    round: RoundId,
    it: &Exception,
) -> Result<(), IndicatorsError> {
    store::periodic::exceptions::put(conn, ctx, round, it).await?;
    let data = json!({ "unit": it.unit, "until_on": it.until_on, "reason": it.reason });
    let event = Event::new("RoundExceptionGranted", "report_round", round, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}

fn far(ctx: &Ctx, days: u64) -> NaiveDate {
    let today = ctx.today();
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    NaiveDate::parse_from_str(text, "%F")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .ok()
}
