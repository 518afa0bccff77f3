use std::sync::Arc;
use std::time::Duration;

use sauro_directory::DirectoryHandle;
use sauro_journal::Event;
use sauro_kernel::{Ctx, WorkingCalendar, at_hour};
use sauro_store::{Db, Files, Keys, StoreError};
use serde_json::json;

use crate::actions::jobs::settle_one;
use crate::actions::recount::recount_some;
use crate::actions::{House, pass_on_cases};
use crate::{PetitionsError, store};

/// Cases taken in one transaction, so that others get their turn in between.
const AT_ONCE: u16 = 200;

/// How often it looks whether clocks have to be set anew.
const PERIOD: Duration = Duration::from_secs(2);

/// Of so many looks one is at everything.
const LOOKS: u32 = 15;

/// Reminds the holder of a step that runs out today or tomorrow, and those above of one that has run out: each
/// once for each deadline, within office hours. Answers how many were told.
///
/// # Errors
///
/// What the store says; what was told stays told.
pub async fn remind(ctx: &Ctx, db: &Db, calendar: &WorkingCalendar) -> Result<usize, StoreError> {
    if !calendar.is_office_hour(ctx.local_now()) {
        return Ok(0);
    }
    let today = ctx.today();
    let tomorrow = calendar.add_working_days(today, 1);
    let yesterday = calendar.sub_working_days(today, 1);
    let mut n = 0;
    // One that has run out is told as that alone, whether or not it was told of before.
    for (from, to, until, kind) in [
        (1, 2, yesterday, "PetitionOverdue"),
        (0, 2, yesterday, "PetitionOverdue"),
        (0, 1, tomorrow, "PetitionDueSoon"),
    ] {
        // Looking costs others no turn to write.
        while !store::lists::due(&mut db.read().await?, from, until, 1).await?.is_empty() {
            let mut conn = db.write().await?;
            let due = store::lists::due(&mut conn, from, until, AT_ONCE).await?;
            let mut events = Vec::new();
            for (id, holder, number, due_on) in &due {
                if store::lists::mark_reminded(&mut conn, *id, (from, to), *due_on).await? {
                    let data = json!({ "number": number, "holder": holder, "due_on": due_on });
                    events.push(Event::new(kind, "petition", *id, data));
                }
            }
            n += events.len();
            sauro_journal::append_many(&mut conn, ctx, events).await?;
            conn.commit().await?;
        }
    }
    Ok(n)
}

/// Ends cases whose answer nobody rated for as long as the limit says. Answers how many.
///
/// # Errors
///
/// What the store says.
pub async fn settle(ctx: &Ctx, house: &House<'_>) -> Result<usize, PetitionsError> {
    let limits = store::fields::limits(&mut house.db.read().await?).await?;
    let day = house.calendar.sub_working_days(ctx.today(), limits.settle);
    let before = at_hour(day, 0).timestamp_micros();
    let mut n = 0;
    loop {
        let ids = store::lists::to_settle(&mut house.db.read().await?, before, AT_ONCE).await?;
        for id in &ids {
            settle_one(ctx, house, *id).await?;
            n += 1;
        }
        if ids.len() < usize::from(AT_ONCE) {
            return Ok(n);
        }
    }
}

/// Sets the clocks of all open cases anew, a few in each transaction, when a limit or the calendar changed since
/// they were set; what was begun before goes on. Answers how many have another deadline.
///
/// # Errors
///
/// What the store says; cases that were set stay set.
pub async fn recount(ctx: &Ctx, house: &House<'_>) -> Result<usize, PetitionsError> {
    let (mut n, mut ahead) = (0, None);
    while let Some(some) = recount_some(ctx, house, &mut ahead).await? {
        n += some;
    }
    Ok(n)
}

/// Reminds, settles and keeps the clocks for ever. A failing store is tried again at the next look.
pub async fn run_petitions(
    ctx: Ctx,
    (db, files, keys): (Db, Files, Keys),
    directory: DirectoryHandle,
) {
    let mut passed_on = None;
    let mut n_looks: u32 = 0;
    loop {
        let (agencies, calendar) = (directory.directory(), directory.calendar());
        let house = House {
            db: &db,
            files: &files,
            keys: &keys,
            directory: &agencies,
            calendar: &calendar,
        };
        let is_whole = n_looks.is_multiple_of(LOOKS);
        n_looks = n_looks.wrapping_add(1);
        if let Err(err) = look(&ctx, &house, is_whole).await {
            tracing::warn!(error = %err, "petitions have to wait");
        }
        // Agencies end with a day, or when the catalogue says so.
        let catalogue = (ctx.today(), Arc::as_ptr(&agencies) as usize);
        if passed_on != Some(catalogue) {
            match pass_on_cases(&ctx, &house).await {
                Ok(_) => passed_on = Some(catalogue),
                Err(err) => {
                    tracing::warn!(error = %err, "cases of agencies that are no more have to wait")
                }
            }
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// One look: at the clocks always, at all else when it `is_whole`.
async fn look(ctx: &Ctx, house: &House<'_>, is_whole: bool) -> Result<(), PetitionsError> {
    let n = recount(ctx, house).await?;
    if n > 0 {
        tracing::info!(n, "deadlines of petitions were set anew");
    }
    if !is_whole {
        return Ok(());
    }
    remind(ctx, house.db, house.calendar).await?;
    settle(ctx, house).await?;
    let yesterday = ctx.now_us() - 24 * 3_600_000_000;
    if !sauro_store::tries::is_any_before(&mut house.db.read().await?, yesterday).await? {
        return Ok(());
    }
    let mut conn = house.db.write().await?;
    sauro_store::tries::forget(&mut conn, yesterday).await?;
    Ok(conn.commit().await?)
}
