use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sauro_journal::Event;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Line, Over, ProgrammeId, Right, TaskId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::issue_drafts::{MAX_TASKS, insert};
use super::reach;
use super::set_roll_rule::rule_event;
use crate::model::{
    Agencies, CommuneKind, Deadline, DeadlineKind, NewTask, NewTasks, Product, Programme, RollRule,
    Stage, Task, UnitPart, Units, fan_out, name_of, task_code, unit_parts,
};
use crate::{Fault, TasksError, store};

/// What a lead hands down of its task.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandDown {
    /// To whom.
    pub to: Addressees,
    /// What each of them is to do.
    pub work: String,
    /// What each of them hands over, unless the table says otherwise.
    pub deliverables: Vec<String>,
    /// The last day; not after that of the parent.
    pub due_on: Option<NaiveDate>,
    /// The title of the leader who answers for it, the same everywhere: "Chủ tịch UBND cấp xã".
    pub accountable: String,
    /// What each unit hands over: rows of unit, deliverable, measure; a heading may say which is which.
    pub table: Vec<Vec<String>>,
    /// Number of the first row of the table, as people count.
    pub first_row: usize,
    /// By which rule the task follows them, unless it has one already.
    pub rule: Option<RollRule>,
    /// The programme they belong to; none for that of the task.
    pub programme: Option<ProgrammeId>,
}

/// To whom a task is handed down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Addressees {
    /// Every commune below the lead.
    #[default]
    AllCommunes,
    /// Every commune of this kind below the lead.
    CommunesOf(CommuneKind),
    /// The units that the table names, among the communes below the lead.
    Table,
    /// These; groups fall apart into their members.
    Agencies(Vec<AgencyId>),
}

/// Hands a received task down (giao xuống): one task for each addressee below the lead, linked to the
/// parent, to be accepted by the lead or by whom its programme says. All of them or none. An addressee
/// that has its part already is passed over, so that sending twice changes nothing.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::HandDownTasks`] over the lead; [`TasksError::Invalid`] names
/// every field to mend, addressees outside the lead's scope and rows that name nobody among them.
pub async fn hand_down(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    task: TaskId,
    part: HandDown,
) -> Result<Vec<TaskId>, TasksError> {
    let mut conn = db.read().await?;
    let parent = reach::task(ctx, &mut conn, task).await?;
    ctx.require(Right::HandDownTasks, Over { agency: parent.lead, path: &parent.lead_path })?;
    if matches!(parent.stage, Stage::Cancelled | Stage::Paused | Stage::Verified | Stage::InUse) {
        return Err(TasksError::WrongState(
            "Nhiệm vụ này không còn đang thực hiện nên không giao xuống được.",
        ));
    }
    let programme = programme_of(&mut conn, &parent, part.programme).await?;
    drop(conn);
    // All thinking happens before the turn to write: others wait for it.
    let plan = Plan::checked(ctx, directory, &parent, part, programme)?;

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
            products: plan.products_of.get(lead).cloned(),
        })
        .collect();
    let mut events = Vec::with_capacity(leads.len() + 2);
    let tasks = plan.tasks(ctx, &parent, &leads);
    insert(ctx, &mut conn, &tasks, &plan.products, &[], &mut events).await?;
    if !leads.is_empty() {
        let data = json!({ "work": plan.work.as_str(), "tasks": leads.len(), "due_on": plan.deadline.due_on });
        events.push(Event::new("TaskHandedDown", "task", parent.id, data));
    }
    if let Some(rule) = plan.rule
        && store::rollups::of_task(&mut conn, parent.id).await?.rule.is_none()
    {
        store::rollups::set_rule(&mut conn, parent.id, Some(rule)).await?;
        events.push(rule_event(parent.id, None, Some(rule)));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(leads.into_iter().map(|it| it.id).collect())
}

/// The programme that the parts go into: one of the lead's own, or that of the task.
async fn programme_of(
    conn: &mut Conn,
    parent: &Task,
    wanted: Option<ProgrammeId>,
) -> Result<Option<Programme>, TasksError> {
    let Some(id) = wanted.filter(|id| *id != parent.programme) else {
        return Ok(None);
    };
    let found = store::programmes::find(conn, id).await?.filter(|it| it.owner == parent.lead);
    match found {
        Some(programme) => Ok(Some(programme)),
        None => Err(TasksError::Invalid(vec![Fault::new(
            "chuong-trinh",
            "Chọn chương trình của nhiệm vụ gốc, hoặc chương trình do cơ quan mình mở.",
        )])),
    }
}

/// What will be handed down, checked.
struct Plan {
    work: Line,
    products: Vec<Product>,
    products_of: HashMap<AgencyId, Vec<Product>>,
    accountable: Line,
    deadline: Deadline,
    due_on: NaiveDate,
    leads: Vec<(AgencyId, AgencyPath)>,
    rule: Option<RollRule>,
    programme: ProgrammeId,
    authority: (AgencyId, AgencyPath),
    verifier_role: Option<sauro_kernel::Role>,
}

impl Plan {
    fn checked(
        ctx: &Ctx,
        directory: &dyn Agencies,
        parent: &Task,
        part: HandDown,
        programme: Option<Programme>,
    ) -> Result<Self, TasksError> {
        let mut faults = Vec::new();
        let work = Line::parse(&part.work)
            .map_err(|err| faults.push(Fault::of_text("viec", "việc giao xuống", err)));
        let accountable = Line::parse(&part.accountable).map_err(|err| {
            faults.push(Fault::of_text("trach-nhiem", "chức danh chịu trách nhiệm", err))
        });
        let shared: Vec<Line> =
            part.deliverables.iter().filter_map(|it| Line::parse(it).ok()).collect();
        let due_on = part.due_on.unwrap_or(parent.due_on);
        if due_on > parent.due_on {
            let sentence = format!(
                "Hạn không được sau hạn của nhiệm vụ gốc, {}.",
                parent.due_on.format("%d/%m/%Y")
            );
            faults.push(Fault::new("han", sentence));
        }
        let units = units_of(ctx, directory, parent, &part, &shared, &mut faults);
        let settings = programme.as_ref().map(|it| it.settings.clone()).unwrap_or_default();
        let authority =
            settings.authority.and_then(|id| directory.fact(id).map(|it| (id, it.path.clone())));
        let authority = authority.unwrap_or((parent.lead, parent.lead_path.clone()));
        if units.leads.iter().any(|(id, _)| *id == authority.0) {
            let name = name_of(directory, authority.0);
            faults.push(Fault::new("don-vi", format!("{name} nghiệm thu các nhiệm vụ này nên không nhận được việc. Bỏ cơ quan đó khỏi danh sách nhận.")));
        }
        match (work, accountable) {
            (Ok(work), Ok(accountable)) if faults.is_empty() => Ok(Self {
                work,
                products: shared.iter().map(|it| Product::named(it.as_str())).collect(),
                products_of: units.products,
                accountable,
                deadline: Deadline {
                    kind: DeadlineKind::Date,
                    text: due_on.format("%d/%m/%Y").to_string(),
                    due_on: Some(due_on),
                    rule: parent.deadline.rule.clone().filter(|_| due_on == parent.due_on),
                },
                due_on,
                leads: units.leads,
                rule: part.rule,
                programme: programme.as_ref().map_or(parent.programme, |it| it.id),
                verifier_role: settings.verifier_role(),
                authority,
            }),
            _ => Err(TasksError::Invalid(faults)),
        }
    }

    fn tasks<'a>(&'a self, ctx: &Ctx, parent: &'a Task, leads: &'a [NewTask]) -> NewTasks<'a> {
        NewTasks {
            programme: self.programme,
            directive: parent.directive,
            draft: None,
            parent: Some(parent.id),
            issuer: parent.lead,
            issuer_path: &parent.lead_path,
            work: self.work.as_str(),
            deadline: &self.deadline,
            due_on: self.due_on,
            accountable: self.accountable.as_str(),
            authority: self.authority.0,
            authority_path: &self.authority.1,
            strength: &parent.strength,
            verifier_role: self.verifier_role,
            is_public: parent.is_public,
            period: "",
            issued_at: ctx.now_us(),
            issued_by: ctx.actor.post,
            leads,
        }
    }
}

/// Who receives, and what of them the table speaks of.
#[derive(Default)]
struct Receivers {
    leads: Vec<(AgencyId, AgencyPath)>,
    products: HashMap<AgencyId, Vec<Product>>,
}

fn units_of(
    ctx: &Ctx,
    directory: &dyn Agencies,
    parent: &Task,
    part: &HandDown,
    shared: &[Line],
    faults: &mut Vec<Fault>,
) -> Receivers {
    let leads = match addressees(ctx, directory, parent, &part.to) {
        Ok(leads) => leads,
        Err(fault) => {
            faults.push(fault);
            return Receivers::default();
        }
    };
    let ids: Vec<AgencyId> = leads.iter().map(|(id, _)| *id).collect();
    let units = Units::of(directory, &ids);
    let parts = match unit_parts(directory, &units, &part.table, part.first_row, shared) {
        Ok(parts) => parts,
        Err(found) => {
            faults.extend(found);
            return Receivers::default();
        }
    };
    let products: HashMap<AgencyId, Vec<Product>> =
        parts.into_iter().map(|UnitPart { agency, products }| (agency, products)).collect();
    let mut receivers = Receivers { leads, products };
    if part.to == Addressees::Table {
        receivers.leads.retain(|(id, _)| receivers.products.contains_key(id));
        if receivers.leads.is_empty() {
            faults.push(Fault::new("bang", "Dán bảng có ít nhất một đơn vị nhận."));
        }
    }
    let is_bare = |(id, _): &&(AgencyId, AgencyPath)| !receivers.products.contains_key(id);
    let bare: Vec<&str> =
        receivers.leads.iter().filter(is_bare).map(|(id, _)| name_of(directory, *id)).collect();
    if !bare.is_empty() && (shared.is_empty() || shared.len() > 50) {
        let some = bare.iter().take(3).copied().collect::<Vec<_>>().join("; ");
        let sentence = if part.table.is_empty() {
            "Ghi từ 1 đến 50 sản phẩm, mỗi dòng một sản phẩm.".to_owned()
        } else {
            format!(
                "Bảng chưa có {} đơn vị nhận ({some}…). Bổ sung vào bảng, hoặc ghi sản phẩm chung cho các đơn vị này.",
                bare.len()
            )
        };
        faults.push(Fault::new("san-pham", sentence));
    }
    receivers
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
        Addressees::AllCommunes | Addressees::Table => {
            directory.communes_below(reached(ctx, parent))
        }
        Addressees::CommunesOf(kind) => {
            let mut ids = directory.communes_below(reached(ctx, parent));
            ids.retain(|id| CommuneKind::of_name(name_of(directory, *id)) == Some(*kind));
            ids
        }
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

/// Where the communes are that the lead hands down to: below it or, for a body of the centre, everywhere
/// that it oversees.
fn reached<'a>(ctx: &'a Ctx, parent: &'a Task) -> &'a AgencyPath {
    if ctx.actor.agency == parent.lead { &ctx.actor.scope } else { &parent.lead_path }
}

fn is_under(ctx: &Ctx, parent: &Task, path: &AgencyPath) -> bool {
    let is_own = ctx.actor.agency == parent.lead;
    parent.lead_path.covers(path) || (is_own && ctx.actor.scope.covers(path))
}
