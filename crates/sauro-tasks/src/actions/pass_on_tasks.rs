use sauro_directory::model::{Agency, Directory};
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, Over, Right};
use sauro_store::Db;
use serde_json::json;

use crate::TasksError;
use crate::store;
use crate::store::passing::Part;

/// Tasks given over in one transaction.
const AT_ONCE: u16 = 200;

/// What went over from one agency to the one that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The agency that is no more.
    pub from: AgencyId,
    /// The one that follows it.
    pub to: AgencyId,
    /// How many tasks it leads from now on.
    pub led: usize,
    /// How many tasks it accepts from now on.
    pub accepted: usize,
    /// How many had to stay, because the same agency would do the work and accept it.
    pub stayed: usize,
}

/// Gives the open tasks of every agency that was abolished to the agency that follows it (chuyển giao
/// nhiệm vụ): those that it leads, and those that it would have to accept. What was reported already
/// stays with whoever reported it. Doing it twice changes nothing more.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::ManageAgencies`] over the agency that follows.
pub async fn pass_on_tasks(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
) -> Result<Vec<Passed>, TasksError> {
    let mut all = Vec::new();
    for old in directory.all() {
        let Some(heir) = directory.heir_of(old, ctx.today()) else { continue };
        let passed = pass_on(ctx, db, old, heir).await?;
        if passed.led + passed.accepted + passed.stayed > 0 {
            all.push(passed);
        }
    }
    Ok(all)
}

async fn pass_on(ctx: &Ctx, db: &Db, old: &Agency, heir: &Agency) -> Result<Passed, TasksError> {
    ctx.require(Right::ManageAgencies, Over { agency: heir.id, path: &heir.path })?;
    let mut passed = Passed { from: old.id, to: heir.id, led: 0, accepted: 0, stayed: 0 };
    for part in [Part::Lead, Part::Authority] {
        let mut n = 0;
        loop {
            let some = one_turn(ctx, db, part, old, heir).await?;
            n += some;
            if some < usize::from(AT_ONCE) {
                break;
            }
        }
        let left = store::passing::count_open(&mut db.read().await?, part, old.id).await?;
        passed.stayed += usize::try_from(left).unwrap_or(0);
        match part {
            Part::Lead => passed.led = n,
            Part::Authority => passed.accepted = n,
        }
    }
    Ok(passed)
}

async fn one_turn(
    ctx: &Ctx,
    db: &Db,
    part: Part,
    old: &Agency,
    heir: &Agency,
) -> Result<usize, TasksError> {
    if store::passing::count_open(&mut db.read().await?, part, old.id).await? == 0 {
        return Ok(0);
    }
    let mut conn = db.write().await?;
    let tasks = store::passing::open_of(&mut conn, part, old.id, heir.id, AT_ONCE).await?;
    let mut events = Vec::with_capacity(tasks.len());
    for task in &tasks {
        store::passing::give(&mut conn, part, task.id, heir.id, &heir.path, ctx.now_us()).await?;
        let what = match part {
            Part::Lead => "chủ trì",
            Part::Authority => "nghiệm thu",
        };
        let words = format!("{what}: từ {} sang {}", old.name, heir.name);
        let data = json!({ "from": old.id, "to": heir.id, "words": words });
        events.push(Event::new("TaskPassedOn", "task", task.id, data));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(tasks.len())
}
