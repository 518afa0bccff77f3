use chrono::{Datelike, NaiveDate};
use sauro_journal::Event;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Line, Over, Right, TaskId};
use sauro_store::Db;
use serde_json::json;

use super::issue_drafts::{MAX_TASKS, insert};
use super::reach;
use crate::model::{
    Agencies, Deadline, DeadlineKind, NewTask, NewTasks, Stage, Task, fan_out, name_of, task_code,
};
use crate::{Fault, TasksError, store};

/// What a lead hands down of its task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandDown {
    /// To whom.
    pub to: Addressees,
    /// What each of them is to do.
    pub work: String,
    /// What each of them hands over.
    pub deliverables: Vec<String>,
    /// The last day; not after that of the parent.
    pub due_on: Option<NaiveDate>,
    /// The title of the leader who answers for it, the same everywhere: "Chủ tịch UBND cấp xã".
    pub accountable: String,
}

/// To whom a task is handed down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressees {
    /// Every commune below the lead.
    AllCommunes,
    /// These; groups fall apart into their members.
    Agencies(Vec<AgencyId>),
}

/// Hands a received task down (giao xuống): one task for each addressee below the lead, linked to the
/// parent, to be accepted by the lead. An addressee that has its part already is passed over, so that
/// sending twice changes nothing.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::HandDownTasks`] over the lead; [`TasksError::Invalid`] names
/// every field to mend, addressees outside the lead's scope among them.
pub async fn hand_down(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    task: TaskId,
    part: HandDown,
) -> Result<Vec<TaskId>, TasksError> {
    let mut conn = db.read().await?;
    let parent = reach::task(ctx, &mut conn, task).await?;
    drop(conn);
    ctx.require(Right::HandDownTasks, Over { agency: parent.lead, path: &parent.lead_path })?;
    if matches!(parent.stage, Stage::Cancelled | Stage::Paused | Stage::Verified | Stage::InUse) {
        return Err(TasksError::WrongState(
            "Nhiệm vụ này không còn đang thực hiện nên không giao xuống được.",
        ));
    }
    let plan = Plan::checked(ctx, directory, &parent, part)?;

    let mut conn = db.write().await?;
    if !store::tasks::hold(&mut conn, parent.id).await? {
        return Err(TasksError::NotFound("task"));
    }
    let have = store::tasks::leads_of_children(&mut conn, parent.id).await?;
    let have: std::collections::HashSet<AgencyId> = have.into_iter().collect();
    let missing: Vec<_> = plan.leads.iter().filter(|(id, _)| !have.contains(id)).collect();
    let year = ctx.today().year();
    let first =
        store::numbers::take(&mut conn, year, i64::try_from(missing.len()).unwrap_or(0)).await?;
    let leads: Vec<NewTask> = (first..)
        .zip(missing)
        .map(|(n, (lead, path))| NewTask {
            id: TaskId(ctx.ids.fresh()),
            code: task_code(year, n),
            lead: *lead,
            lead_path: path.clone(),
        })
        .collect();
    let names: Vec<&str> = plan.deliverables.iter().map(|it| it.as_str()).collect();
    let mut events = Vec::with_capacity(leads.len() + 1);
    insert(ctx, &mut conn, &plan.tasks(ctx, &parent, &leads), &names, &[], &mut events).await?;
    if !leads.is_empty() {
        let data = json!({ "work": plan.work.as_str(), "tasks": leads.len(), "due_on": plan.deadline.due_on });
        events.push(Event::new("TaskHandedDown", "task", parent.id, data));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(leads.into_iter().map(|it| it.id).collect())
}

/// What will be handed down, checked.
struct Plan {
    work: Line,
    deliverables: Vec<Line>,
    accountable: Line,
    deadline: Deadline,
    due_on: NaiveDate,
    leads: Vec<(AgencyId, AgencyPath)>,
}

impl Plan {
    fn checked(
        ctx: &Ctx,
        directory: &dyn Agencies,
        parent: &Task,
        part: HandDown,
    ) -> Result<Self, TasksError> {
        let mut faults = Vec::new();
        let work = Line::parse(&part.work)
            .map_err(|err| faults.push(Fault::of_text("viec", "việc giao xuống", err)));
        let accountable = Line::parse(&part.accountable).map_err(|err| {
            faults.push(Fault::of_text("trach-nhiem", "chức danh chịu trách nhiệm", err))
        });
        let deliverables: Vec<Line> =
            part.deliverables.iter().filter_map(|it| Line::parse(it).ok()).collect();
        if deliverables.is_empty() || deliverables.len() > 50 {
            faults.push(Fault::new("san-pham", "Ghi từ 1 đến 50 sản phẩm, mỗi dòng một sản phẩm."));
        }
        let due_on = part.due_on.unwrap_or(parent.due_on);
        if due_on > parent.due_on {
            let sentence = format!(
                "Hạn không được sau hạn của nhiệm vụ gốc, {}.",
                parent.due_on.format("%d/%m/%Y")
            );
            faults.push(Fault::new("han", sentence));
        }
        let leads =
            addressees(ctx, directory, parent, &part.to).map_err(|fault| faults.push(fault));
        match (work, accountable, leads) {
            (Ok(work), Ok(accountable), Ok(leads)) if faults.is_empty() => Ok(Self {
                work,
                deliverables,
                accountable,
                deadline: Deadline {
                    kind: DeadlineKind::Date,
                    text: due_on.format("%d/%m/%Y").to_string(),
                    due_on: Some(due_on),
                    rule: parent.deadline.rule.clone().filter(|_| due_on == parent.due_on),
                },
                due_on,
                leads,
            }),
            _ => Err(TasksError::Invalid(faults)),
        }
    }

    fn tasks<'a>(&'a self, ctx: &Ctx, parent: &'a Task, leads: &'a [NewTask]) -> NewTasks<'a> {
        NewTasks {
            programme: parent.programme,
            directive: parent.directive,
            draft: None,
            parent: Some(parent.id),
            issuer: parent.lead,
            issuer_path: &parent.lead_path,
            work: self.work.as_str(),
            deadline: &self.deadline,
            due_on: self.due_on,
            accountable: self.accountable.as_str(),
            authority: parent.lead,
            authority_path: &parent.lead_path,
            strength: &parent.strength,
            is_public: parent.is_public,
            issued_at: ctx.now_us(),
            issued_by: ctx.actor.post,
            leads,
        }
    }
}

/// The agencies meant, each with its place; all of them strictly below the lead of `parent`, or
/// overseen by the caller.
fn addressees(
    ctx: &Ctx,
    directory: &dyn Agencies,
    parent: &Task,
    to: &Addressees,
) -> Result<Vec<(AgencyId, AgencyPath)>, Fault> {
    let ids = match to {
        Addressees::AllCommunes => directory.communes_below(&parent.lead_path),
        Addressees::Agencies(ids) => fan_out(directory, parent.lead, ids),
    };
    let mut leads = Vec::with_capacity(ids.len());
    let mut outside = Vec::new();
    for id in ids {
        let path = directory.fact(id).map(|it| it.path);
        match path.filter(|path| id != parent.lead && is_under(ctx, parent, path)) {
            Some(path) => leads.push((id, path.clone())),
            None => outside.push(name_of(directory, id)),
        }
    }
    let field = "don-vi";
    if !outside.is_empty() {
        let some = outside.iter().take(3).copied().collect::<Vec<_>>().join("; ");
        let more = if outside.len() > 3 {
            format!(" và {} cơ quan khác", outside.len() - 3)
        } else {
            String::new()
        };
        return Err(Fault::new(
            field,
            format!("Chỉ giao được cho cơ quan cấp dưới. Bỏ: {some}{more}."),
        ));
    }
    if leads.is_empty() || leads.len() > MAX_TASKS {
        return Err(Fault::new(field, "Chọn ít nhất một cơ quan cấp dưới."));
    }
    Ok(leads)
}

fn is_under(ctx: &Ctx, parent: &Task, path: &AgencyPath) -> bool {
    let is_own = ctx.actor.agency == parent.lead;
    parent.lead_path.covers(path) || (is_own && ctx.actor.scope.covers(path))
}
