use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{Ctx, WorkingCalendar};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::guard::require_nation;
use crate::DirectoryError;
use crate::model::{self, DayOff};
use crate::store;

/// The working calendar. It is public, so no right is asked.
pub async fn calendar(db: &Db) -> Result<WorkingCalendar, DirectoryError> {
    let days = store::holidays::all(&mut db.read().await?).await?;
    let pick = |is_worked| days.iter().filter(move |it| it.is_worked == is_worked).map(|it| it.day);
    Ok(WorkingCalendar::new(pick(false), pick(true)))
}

/// The days off and swapped days, for whoever may change them.
///
/// # Errors
///
/// [`DirectoryError::Denied`] to anyone but a national administrator.
pub async fn days_off(ctx: &Ctx, db: &Db) -> Result<Vec<DayOff>, DirectoryError> {
    require_nation(ctx)?;
    Ok(store::holidays::all(&mut db.read().await?).await?)
}

/// Adds a day off, or a weekend day that is worked.
///
/// # Errors
///
/// [`DirectoryError::Denied`] to anyone but a national administrator.
pub async fn add_day_off(ctx: &Ctx, db: &Db, day: &DayOff) -> Result<(), DirectoryError> {
    require_nation(ctx)?;
    let mut conn = db.write().await?;
    store::holidays::put(&mut conn, std::slice::from_ref(day)).await?;
    let data = json!({ "day": day.day, "name": day.name, "kind": day.kind });
    note(&mut conn, ctx, "DayOffSet", data).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes a day out of the calendar. Answers whether it was there.
///
/// # Errors
///
/// [`DirectoryError::Denied`] to anyone but a national administrator.
pub async fn remove_day_off(ctx: &Ctx, db: &Db, day: NaiveDate) -> Result<bool, DirectoryError> {
    require_nation(ctx)?;
    let mut conn = db.write().await?;
    let was_there = store::holidays::remove(&mut conn, day).await?;
    if was_there {
        note(&mut conn, ctx, "DayOffRemoved", json!({ "day": day })).await?;
    }
    conn.commit().await?;
    Ok(was_there)
}

/// Takes a calendar file. Answers how many days there were.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; nothing is taken then.
pub async fn import_holidays(ctx: &Ctx, db: &Db, csv: &str) -> Result<usize, DirectoryError> {
    require_nation(ctx)?;
    let days = model::days_off(csv).map_err(DirectoryError::Faults)?;
    let mut conn = db.write().await?;
    store::holidays::put(&mut conn, &days).await?;
    note(&mut conn, ctx, "HolidaysImported", json!({ "n": days.len() })).await?;
    conn.commit().await?;
    Ok(days.len())
}

async fn note(
    conn: &mut Conn,
    ctx: &Ctx,
    kind: &'static str,
    data: serde_json::Value,
) -> Result<(), DirectoryError> {
    sauro_journal::append(conn, ctx, Event::new(kind, "calendar", "all", data)).await?;
    Ok(())
}
