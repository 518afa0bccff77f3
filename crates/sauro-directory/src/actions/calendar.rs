use chrono::NaiveDate;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, WorkingCalendar};
use sauro_store::Db;
use serde_json::json;

use crate::DirectoryError;
use crate::model::{self, DayOff};
use crate::store;

/// The working calendar.
pub async fn calendar(db: &Db) -> Result<WorkingCalendar, DirectoryError> {
    let days = store::holidays::from(&mut db.read().await?, NaiveDate::default()).await?;
    let pick = |is_worked| days.iter().filter(move |it| it.is_worked == is_worked).map(|it| it.day);
    Ok(WorkingCalendar::new(pick(false), pick(true)))
}

/// The days off and swapped days from `from` on.
pub async fn days_off(_ctx: &Ctx, db: &Db, from: NaiveDate) -> Result<Vec<DayOff>, DirectoryError> {
    Ok(store::holidays::from(&mut db.read().await?, from).await?)
}

/// Adds a day off, or a weekend day that is worked.
///
/// # Errors
///
/// [`DirectoryError::Denied`] without [`Right::ManageAgencies`].
pub async fn add_day_off(ctx: &Ctx, db: &Db, day: &DayOff) -> Result<(), DirectoryError> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let mut conn = db.write().await?;
    store::holidays::put(&mut conn, day).await?;
    let data = json!({ "name": day.name, "is_worked": day.is_worked });
    sauro_journal::append(&mut conn, ctx, Event::new("DayOffSet", "calendar", day.day, data))
        .await?;
    conn.commit().await?;
    Ok(())
}

/// Takes a day out of the calendar. Answers whether it was there.
///
/// # Errors
///
/// [`DirectoryError::Denied`] without [`Right::ManageAgencies`].
pub async fn remove_day_off(ctx: &Ctx, db: &Db, day: NaiveDate) -> Result<bool, DirectoryError> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let was_there = store::holidays::remove(&mut conn, day).await?;
    if was_there {
        sauro_journal::append(
            &mut conn,
            ctx,
            Event::new("DayOffRemoved", "calendar", day, json!({})),
        )
        .await?;
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
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let days = model::days_off(csv).map_err(DirectoryError::Faults)?;
    let mut conn = db.write().await?;
    for day in &days {
        store::holidays::put(&mut conn, day).await?;
    }
    let event = Event::new("HolidaysImported", "calendar", "all", json!({ "n": days.len() }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(days.len())
}
