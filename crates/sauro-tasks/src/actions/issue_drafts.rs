use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{Datelike, NaiveDate};
use sauro_journal::Event;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, DeliverableId, DraftId, Right, Role, TaskId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::drafts::{taken, write};
use crate::model::{
    Agencies, Clarity, Cycle, DeadlineKind, Draft, DraftState, NewTask, NewTasks, Product,
    ProgrammeSettings, SixClear, Unclear, fan_out, next_due, task_code,
};
use crate::{Fault, TasksError, store};

/// The most tasks one act issues: every commune, several times over.
pub const MAX_TASKS: usize = 12_000;

/// Issues proposed drafts (duyệt giao): one task for each lead, a group falling apart into its members.
/// All of them or none.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::IssueTasks`]; [`TasksError::WrongState`] for a draft that is
/// not proposed; [`TasksError::Unclear`] when a clarity is missing; [`TasksError::Stale`] when someone
/// changed or issued a draft meanwhile.
pub async fn issue_drafts(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    ids: &[DraftId],
) -> Result<Vec<TaskId>, TasksError> {
    let mut conn = db.read().await?;
    let drafts = taken(ctx, &mut conn, ids, Right::IssueTasks).await?;
    let mut ways = HashMap::new();
    for id in drafts.iter().map(|it| it.programme) {
        if let Entry::Vacant(place) = ways.entry(id) {
            let found = store::programmes::find(&mut conn, id).await?;
            place.insert(found.map(|it| it.settings).unwrap_or_default());
        }
    }
    drop(conn);
    // All thinking happens before the turn to write: others wait for it.
    let plans = drafts
        .into_iter()
        .map(|draft| {
            let plan = planned(ctx.today(), directory, draft)?;
            // The programme's role speaks of the programme's own authority only.
            let ways = ways.get(&plan.draft.programme);
            let ways = ways.filter(|it| it.authority == Some(plan.clear.authority));
            Ok(Plan { verifier_role: ways.and_then(ProgrammeSettings::verifier_role), ..plan })
        })
        .collect::<Result<Vec<_>, TasksError>>()?;
    let n_tasks: usize = plans.iter().map(|it| it.leads.len()).sum();
    if n_tasks > MAX_TASKS {
        let sentence = format!(
            "Lần giao này thành {n_tasks} nhiệm vụ, nhiều hơn {MAX_TASKS}. Chọn ít dự thảo hơn."
        );
        return Err(TasksError::Invalid(vec![Fault::new("du-thao", sentence)]));
    }

    let mut conn = db.write().await?;
    let year = ctx.today().year();
    let mut number =
        store::numbers::take(&mut conn, year, i64::try_from(n_tasks).unwrap_or(i64::MAX)).await?;
    let mut issued = Vec::with_capacity(n_tasks);
    let mut events = Vec::with_capacity(n_tasks + plans.len());
    for mut plan in plans {
        plan.draft.state = DraftState::Issued;
        write(ctx, &mut conn, &mut plan.draft).await?;
        let leads: Vec<NewTask> = plan
            .leads
            .iter()
            .zip(number..)
            .map(|((lead, path), n)| NewTask {
                id: TaskId(ctx.ids.fresh()),
                code: task_code(year, n),
                lead: *lead,
                lead_path: path.clone(),
                products: None,
            })
            .collect();
        number += i64::try_from(leads.len()).unwrap_or(0);
        let tasks = plan.tasks(ctx, &leads);
        let products: Vec<Product> =
            plan.clear.deliverables.iter().map(|it| Product::named(it.as_str())).collect();
        insert(ctx, &mut conn, &tasks, &products, &plan.draft.body.partners, &mut events).await?;
        let data = json!({ "work": plan.clear.work.as_str(), "tasks": leads.len() });
        events.push(Event::new("DraftIssued", "draft", plan.draft.id, data));
        issued.extend(leads.iter().map(|it| it.id));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(issued)
}

/// Writes tasks with their deliverables and partners, and adds a `TaskIssued` for each to `events`.
pub(crate) async fn insert(
    ctx: &Ctx,
    conn: &mut Conn,
    tasks: &NewTasks<'_>,
    products: &[Product],
    partners: &[AgencyId],
    events: &mut Vec<Event>,
) -> Result<(), TasksError> {
    store::tasks::insert_many(conn, tasks).await?;
    let products_of = |lead: &'_ NewTask| lead.products.as_deref().unwrap_or(products).to_vec();
    let wanted: Vec<(TaskId, Vec<Product>)> =
        tasks.leads.iter().map(|it| (it.id, products_of(it))).collect();
    let rows = wanted.iter().flat_map(|(task, products)| {
        (1..).zip(products).map(|(ordinal, product)| store::deliverables::New {
            id: DeliverableId(ctx.ids.fresh()),
            task: *task,
            ordinal,
            product,
        })
    });
    store::deliverables::insert_many(conn, &rows.collect::<Vec<_>>()).await?;
    let pairs = tasks.leads.iter().flat_map(|it| partners.iter().map(|id| (it.id, *id)));
    let pairs: Vec<_> = pairs.collect();
    store::partners::insert_many(conn, &pairs).await?;
    for (task, (_, products)) in tasks.leads.iter().zip(&wanted) {
        let deliverables: Vec<&str> = products.iter().map(|it| it.name.as_str()).collect();
        let data = json!({
            "code": task.code,
            "lead": task.lead,
            "work": tasks.work,
            "due_on": tasks.due_on,
            "accountable": tasks.accountable,
            "authority": tasks.authority,
            "deliverables": deliverables,
            "programme": tasks.programme,
            "directive": tasks.directive,
            "draft": tasks.draft,
            "parent": tasks.parent,
            "is_public": tasks.is_public,
            "period": tasks.period,
        });
        events.push(Event::new("TaskIssued", "task", task.id, data));
    }
    Ok(())
}

/// A draft ready to be issued.
struct Plan {
    draft: Draft,
    clear: SixClear,
    leads: Vec<(AgencyId, AgencyPath)>,
    authority_path: AgencyPath,
    verifier_role: Option<Role>,
}

fn planned(today: NaiveDate, directory: &dyn Agencies, draft: Draft) -> Result<Plan, TasksError> {
    match draft.state {
        DraftState::Proposed => {}
        DraftState::Draft => {
            return Err(TasksError::WrongState(
                "Dự thảo chưa được trình. Trình duyệt trước khi giao.",
            ));
        }
        DraftState::Issued => {
            return Err(TasksError::WrongState("Dự thảo này đã được giao từ trước."));
        }
        DraftState::Dropped => {
            return Err(TasksError::WrongState("Dự thảo này đã bỏ nên không giao được."));
        }
    }
    let mut clear = draft.body.clarify(|id| directory.is_vague(id))?;
    // Recurring work starts with the next day due, however long the draft has waited.
    if clear.due_on < today
        && let Some(next) = clear.deadline.rule.as_deref().and_then(|it| next_due(it, today))
    {
        clear.due_on = next;
        clear.deadline.due_on = Some(next);
    }
    // A rule that nobody can follow makes no periods: such work is due once.
    if clear.deadline.rule.as_deref().is_some_and(|it| Cycle::parse(it).is_none()) {
        clear.deadline.rule = None;
        clear.deadline.kind = DeadlineKind::Date;
    }
    let path = |id: AgencyId| directory.fact(id).map(|it| it.path.clone());
    let leads: Option<Vec<_>> = fan_out(directory, draft.owner, &clear.leads)
        .into_iter()
        .map(|id| Some((id, path(id)?)))
        .collect();
    let leads = leads.filter(|it| !it.is_empty()).ok_or_else(|| Unclear(vec![Clarity::Doer]))?;
    let authority_path = path(clear.authority).ok_or_else(|| Unclear(vec![Clarity::Authority]))?;
    // Nobody accepts its own work, not even as a member of a group.
    if leads.iter().any(|(id, _)| *id == clear.authority) {
        return Err(Unclear(vec![Clarity::Authority]).into());
    }
    Ok(Plan { draft, clear, leads, authority_path, verifier_role: None })
}

impl Plan {
    fn tasks<'a>(&'a self, ctx: &Ctx, leads: &'a [NewTask]) -> NewTasks<'a> {
        NewTasks {
            programme: self.draft.programme,
            directive: self.draft.directive,
            draft: Some(self.draft.id),
            parent: self.draft.parent,
            issuer: self.draft.owner,
            issuer_path: &self.draft.owner_path,
            work: self.clear.work.as_str(),
            deadline: &self.clear.deadline,
            due_on: self.clear.due_on,
            accountable: self.clear.accountable.as_str(),
            authority: self.clear.authority,
            authority_path: &self.authority_path,
            strength: &self.draft.body.strength,
            verifier_role: self.verifier_role,
            is_public: self.draft.body.is_public,
            period: "",
            issued_at: ctx.now_us(),
            issued_by: ctx.actor.post,
            leads,
        }
    }
}
