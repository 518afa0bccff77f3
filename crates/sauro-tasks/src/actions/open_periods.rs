use chrono::{DateTime, Datelike, Days, NaiveDate};
use sauro_journal::Event;
use sauro_kernel::{Ctx, Denied, Relation, Right, Role, TaskId, VIETNAM, WorkingCalendar};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::issue_drafts::insert;
use crate::TasksError;
use crate::model::{
    Cycle, Deadline, DeadlineKind, NewTask, NewTasks, Period, Product, Task, period_words,
    task_code,
};
use crate::store;

/// Recurring tasks looked at in one transaction.
const AT_ONCE: u16 = 50;

/// Periods of one task opened in one transaction: a year of weeks.
const PERIODS: usize = 60;

/// Opens the periods of recurring tasks that have begun by now (mở kỳ), each as a task of its own with
/// its own code and deadline; some at a time. Answers how many recurring tasks were looked at: 0 means
/// that there is nothing left to open.
///
/// What was missed while nobody ran this is opened as well, with its true deadline. Opened twice is
/// opened once. The task itself must be going on: of one that is paused or cancelled nothing is opened.
///
/// # Errors
///
/// [`TasksError::Denied`] for anybody but the machine room.
pub async fn open_periods(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
) -> Result<usize, TasksError> {
    if ctx.actor.role != Role::System {
        let (role, relation) = (ctx.actor.role, Relation::Elsewhere);
        return Err(Denied { role, right: Right::IssueTasks, relation }.into());
    }
    let today = ctx.today();
    let waiting = store::cycles::waiting(&mut db.read().await?, today, AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut conn = db.write().await?;
    let mut events = Vec::new();
    for task in &waiting {
        // The task before its cycle, as everybody else locks them.
        store::tasks::hold(&mut conn, *task).await?;
        let Some(from) = store::cycles::lock(&mut conn, *task, today).await? else { continue };
        let found = store::tasks::find(&mut conn, *task).await?;
        let Some(parent) = found.filter(|it| it.stage.is_open()) else {
            store::cycles::update(&mut conn, *task, from, store::cycles::never()).await?;
            continue;
        };
        if ctx.now_us() < parent.issued_at {
            // A clock that was set back: nothing is opened before the task was issued.
            let after = issued_on(&parent).succ_opt().unwrap_or(from);
            store::cycles::update(&mut conn, *task, from, after).await?;
            continue;
        }
        open_of(ctx, &mut conn, calendar, &parent, from, &mut events).await?;
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(waiting.len())
}

fn issued_on(task: &Task) -> NaiveDate {
    let at = DateTime::from_timestamp_micros(task.issued_at).unwrap_or_default();
    at.with_timezone(&VIETNAM).date_naive()
}

/// Opens what of `parent` has begun, from the day `from` on, and says what comes next.
async fn open_of(
    ctx: &Ctx,
    conn: &mut Conn,
    calendar: &WorkingCalendar,
    parent: &Task,
    from: NaiveDate,
    events: &mut Vec<Event>,
) -> Result<(), TasksError> {
    let cycle = parent.cycle();
    let next = |from: NaiveDate| cycle.as_ref().and_then(|it: &Cycle| it.next(from, calendar));
    let mut periods: Vec<Period> = Vec::new();
    let mut from = from;
    while let Some(period) = next(from).filter(|it| it.opens_on <= ctx.today())
        && periods.len() < PERIODS
    {
        from = period.falls_on.checked_add_days(Days::new(1)).unwrap_or(period.falls_on);
        if !store::cycles::is_open(conn, parent.id, &period.code).await? {
            periods.push(period);
        }
    }
    let opens_on = next(from).map_or_else(store::cycles::never, |it| it.opens_on);
    store::cycles::update(conn, parent.id, from, opens_on).await?;
    let Some(last) = periods.last() else { return Ok(()) };
    let due_on = last.due_on;

    let products: Vec<Product> = store::deliverables::of_task(conn, parent.id)
        .await?
        .into_iter()
        .map(|it| Product { name: it.name, measure: it.measure })
        .collect();
    let partners = store::partners::of_task(conn, parent.id).await?;
    let year = ctx.today().year();
    let n = i64::try_from(periods.len()).unwrap_or(0);
    let first = store::numbers::take(conn, year, n).await?;
    for (n, period) in (first..).zip(&periods) {
        let lead = NewTask {
            id: TaskId(ctx.ids.fresh()),
            code: task_code(year, n),
            lead: parent.lead,
            lead_path: parent.lead_path.clone(),
            products: None,
        };
        let work = format!("{} – {}", parent.work, period_words(&period.code));
        let deadline = Deadline {
            kind: DeadlineKind::Date,
            text: parent.deadline.text.clone(),
            due_on: Some(period.due_on),
            rule: None,
        };
        let leads = [lead];
        let tasks = instance(ctx, parent, period, &work, &deadline, &leads);
        insert(ctx, conn, &tasks, &products, &partners, events).await?;
        let [lead] = leads;
        let data = json!({
            "period": period.code, "task": lead.id, "code": lead.code, "due_on": period.due_on,
        });
        events.push(Event::new("PeriodOpened", "task", parent.id, data));
    }
    store::cycles::update_present(conn, parent.id, due_on, ctx.now_us()).await?;
    Ok(())
}

fn instance<'a>(
    ctx: &Ctx,
    parent: &'a Task,
    period: &'a Period,
    work: &'a str,
    deadline: &'a Deadline,
    leads: &'a [NewTask],
) -> NewTasks<'a> {
    NewTasks {
        programme: parent.programme,
        directive: parent.directive,
        draft: None,
        parent: Some(parent.id),
        issuer: parent.issuer,
        issuer_path: &parent.issuer_path,
        work,
        deadline,
        due_on: period.due_on,
        accountable: &parent.accountable,
        authority: parent.authority,
        authority_path: &parent.authority_path,
        strength: &parent.strength,
        verifier_role: parent.verifier_role,
        is_public: parent.is_public,
        period: &period.code,
        issued_at: ctx.now_us(),
        issued_by: parent.issued_by,
        leads,
    }
}
