use std::collections::HashSet;
use std::time::Duration;

use sauro_directory::DirectoryHandle;
use sauro_journal::Event;
use sauro_kernel::{Ctx, WorkingCalendar};
use sauro_store::{Db, StoreError};
use serde_json::json;

use crate::model::{Step, Window, windows};
use crate::store;
use crate::store::reminders::{Line, Owing};

/// Tasks taken in one transaction, so that others get their turn in between.
const AT_ONCE: u16 = 300;

/// How often deadlines are looked at.
const PERIOD: Duration = Duration::from_secs(30);

/// Tells leads of their deadlines (nhắc hạn) and those above them of delays (báo cấp trên): each step
/// of each deadline once for ever, within office hours. Answers how many were told.
///
/// Whoever was away while several steps were reached hears of the newest only. A step that lies before
/// the deadline was set is not told. Recurring work is told of period by period, each a task of its own.
///
/// # Errors
///
/// What the store says; what was told before stays told, and the next call goes on.
pub async fn remind(ctx: &Ctx, db: &Db, calendar: &WorkingCalendar) -> Result<usize, StoreError> {
    let now = ctx.local_now();
    if !calendar.is_office_hour(now) {
        return Ok(0);
    }
    // Looking costs others no turn to write.
    let mut waiting = Vec::new();
    let mut conn = db.read().await?;
    for window in windows(calendar, now.date()) {
        for place in 0..window.step.place() {
            if store::reminders::is_any(&mut conn, place, &window).await? {
                waiting.push((place, window));
            }
        }
    }
    drop(conn);
    let mut n_told = 0;
    for (place, window) in waiting {
        loop {
            let (n_taken, n) = tell(ctx, db, calendar, place, &window).await?;
            n_told += n;
            if n_taken < usize::from(AT_ONCE) {
                break;
            }
        }
    }
    Ok(n_told)
}

/// Takes some tasks from `place` to the step of `window`, in one transaction. Answers how many it took,
/// and how many of them were told.
async fn tell(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    place: i64,
    window: &Window,
) -> Result<(usize, usize), StoreError> {
    let mut conn = db.write().await?;
    let owing = store::reminders::take(&mut conn, place, window, AT_ONCE).await?;
    let lines: Vec<Line> = owing
        .iter()
        .filter(|it| !it.is_recurring)
        .flat_map(|it| passed(place, window.step).map(move |step| (it, step)))
        .map(|(it, step)| Line {
            task: it.task,
            due_on: it.due_on,
            step,
            is_sent: step == window.step && is_timely(calendar, it, step),
        })
        .collect();
    let fresh = store::reminders::insert(&mut conn, &lines, ctx.now_us()).await?;
    let fresh: HashSet<_> = fresh.into_iter().collect();
    let mut events = Vec::with_capacity(owing.len());
    for line in lines.iter().filter(|it| it.is_sent) {
        if fresh.contains(&(line.task, line.due_on, line.step)) {
            let left = calendar.working_days_between(ctx.today(), line.due_on);
            let kind = if line.step.is_escalation() { "TaskEscalated" } else { "TaskReminded" };
            let data = json!({ "step": line.step.days(), "due_on": line.due_on, "left": left });
            events.push(Event::new(kind, "task", line.task, data));
        }
    }
    let n_told = events.len();
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok((owing.len(), n_told))
}

/// The steps that a task passes on its way from `place` to `step`.
fn passed(place: i64, step: Step) -> impl Iterator<Item = Step> {
    Step::ALL.into_iter().filter(move |it| it.place() > place && *it <= step)
}

/// A step before the deadline was set would tell of what its reader has just been told.
fn is_timely(calendar: &WorkingCalendar, owing: &Owing, step: Step) -> bool {
    step.instant(calendar, owing.due_on).timestamp_micros() >= owing.since
}

/// Counts the steps of the past as told, without telling anybody: for data that were made up. Those of
/// deadlines that became overdue within the last `n_days` working days stay to be told.
///
/// # Errors
///
/// What the store says.
pub async fn settle_reminders(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    n_days: u32,
) -> Result<(), StoreError> {
    let today = calendar.working_on_or_after(ctx.today());
    let mut conn = db.write().await?;
    for window in windows(calendar, calendar.sub_working_days(today, n_days)) {
        store::reminders::settle(&mut conn, &window).await?;
    }
    conn.commit().await
}

/// Reminds for ever. A failing store is tried again at the next look.
pub async fn run_reminders(ctx: Ctx, db: Db, directory: DirectoryHandle) {
    loop {
        if let Err(err) = remind(&ctx, &db, &directory.calendar()).await {
            tracing::warn!(error = %err, "reminders have to wait");
        }
        tokio::time::sleep(PERIOD).await;
    }
}
