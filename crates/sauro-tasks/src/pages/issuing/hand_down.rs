use std::convert::Infallible;
use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, Request, State};
use axum::http::request::Parts;
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Over, Right, WorkingCalendar};
use sauro_store::Db;
use sauro_ui::{AppState, Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::draft_form::offered;
use super::fields::{Fields, agencies, day, shown};
use super::roll_rule::{RuleForm, rule_of};
use super::upload::{self, Upload};
use crate::actions::{self, Addressees, HandDown};
use crate::model::{Agencies, CommuneKind, Programme, ProgrammeSettings, Task};
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// The working days, as the product lays them over the routes.
pub(super) struct Calendar(Arc<WorkingCalendar>);

impl FromRequestParts<AppState> for Calendar {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self, Infallible> {
        let handle = parts.extensions.get::<DirectoryHandle>();
        Ok(Self(handle.map(DirectoryHandle::calendar).unwrap_or_default()))
    }
}

/// The programme whose ways fill the form.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default, rename = "chuong-trinh")]
    programme: String,
}

/// `GET /nhiem-vu/{code}/giao-xuong?chuong-trinh=…`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Calendar(calendar): Calendar,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (task, deliverables) = seen(&ctx, &db, &code).await?;
    let own = actions::own_programmes(&ctx, &db).await?;
    let chosen = own.iter().find(|it| it.id.to_string() == wanted.programme);
    let ways = chosen.map(|it| it.settings.clone()).unwrap_or_default();
    let form = Sent::fresh(&task, deliverables, chosen, &ways, &calendar);
    page(&parts(&ctx, &*directory, chrome, task, form, own, Faults::none()))
}

/// `POST /nhiem-vu/{code}/giao-xuong`.
pub(super) async fn hand_down(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(code): Path<String>,
    chrome: Chrome,
    request: Request,
) -> Result<Redirect, Failure> {
    let (task, _) = seen(&ctx, &db, &code).await?;
    let (sent, cut) = upload::read_any(request).await;
    let fields = &sent.fields;
    let mut faults: Vec<Fault> = cut.map(|it| Fault::new("tep", it.sentence)).into_iter().collect();
    let to = match fields.one("giao-cho") {
        "chon" => Addressees::Agencies(agencies(fields, "don-vi", &*directory, &mut faults)),
        "bang" => Addressees::Table,
        code => match CommuneKind::of_code(code) {
            Some(kind) => Addressees::CommunesOf(kind),
            None => Addressees::AllCommunes,
        },
    };
    let (table, first_row) = table_of(&sent, &mut faults).await;
    let part = HandDown {
        to,
        work: fields.one("viec").to_owned(),
        deliverables: fields.lines("san-pham"),
        due_on: day("han", fields.one("han"), &mut faults),
        accountable: fields.one("trach-nhiem").to_owned(),
        table,
        first_row,
        rule: rule_of(fields, &mut faults),
        programme: fields.one("chuong-trinh").parse().ok(),
    };
    if faults.is_empty() {
        match actions::hand_down(&ctx, &db, &*directory, task.id, part).await {
            Ok(ids) => {
                return Ok(Redirect::to(&format!(
                    "/nhiem-vu/{}?vua=giao-xuong&n={}",
                    task.code,
                    ids.len()
                )));
            }
            Err(TasksError::Invalid(found)) => faults = found,
            Err(err) => return Err(err.into()),
        }
    }
    let form = Sent::of(fields);
    let own = actions::own_programmes(&ctx, &db).await?;
    let shown = parts(&ctx, &*directory, chrome, task, form, own, shown(faults));
    Err(Failure::Unprocessable(page(&shown)?))
}

/// The rows of the file or of the cells pasted, and the number of the first of them.
async fn table_of(sent: &Upload, faults: &mut Vec<Fault>) -> (Vec<Vec<String>>, usize) {
    let pasted = sent.fields.one("bang").to_owned();
    let file = sent.file.clone();
    if file.is_none() && pasted.is_empty() {
        return (Vec::new(), 1);
    }
    let field = if file.is_some() { "tep" } else { "bang" };
    let read = tokio::task::spawn_blocking(move || match file {
        Some((content, name)) => sauro_papers::read_table(&content, &name),
        None => sauro_papers::paste_table(&pasted),
    });
    match read.await {
        Ok(Ok(table)) => {
            let text =
                |row: &Vec<sauro_papers::Cell>| row.iter().map(|it| it.text.clone()).collect();
            (table.rows.iter().map(text).collect(), table.first_row as usize)
        }
        Ok(Err(err)) => {
            faults.push(Fault::new(field, err.sentence()));
            (Vec::new(), 1)
        }
        Err(_) => {
            let sentence = "Chưa đọc được bảng này. Lưu lại dạng .xlsx rồi gửi lần nữa.";
            faults.push(Fault::new(field, sentence));
            (Vec::new(), 1)
        }
    }
}

async fn seen(ctx: &Ctx, db: &Db, code: &str) -> Result<(Task, Vec<String>), TasksError> {
    let task = actions::find_task(ctx, db, code).await?;
    ctx.require(Right::HandDownTasks, Over { agency: task.lead, path: &task.lead_path })?;
    let (task, deliverables) = actions::task_with_deliverables(ctx, db, task.id).await?;
    Ok((task, deliverables.into_iter().map(|it| it.name).collect()))
}

fn parts(
    ctx: &Ctx,
    directory: &dyn Agencies,
    chrome: Chrome,
    task: Task,
    form: Sent,
    own: Vec<Programme>,
    faults: Faults,
) -> HandDownPage {
    let communes = directory.communes_below(&ctx.actor.scope);
    let kind = |id: &sauro_kernel::AgencyId| {
        directory.fact(*id).and_then(|it| CommuneKind::of_name(it.name))
    };
    let n_of = |wanted| communes.iter().filter(|id| kind(id) == Some(wanted)).count();
    HandDownPage {
        n_communes: communes.len(),
        n_rural: n_of(CommuneKind::Rural),
        n_urban: n_of(CommuneKind::Urban),
        n_zones: n_of(CommuneKind::Zone),
        names: offered(directory, &ctx.actor.agency_path),
        programmes: own
            .into_iter()
            .filter(|it| it.id != task.programme)
            .map(|it| Choice::new(it.id, it.name))
            .collect(),
        chrome,
        task,
        form,
        faults,
    }
}

/// The form as shown.
struct Sent {
    to: String,
    agencies: Vec<String>,
    work: String,
    products: String,
    due: String,
    accountable: String,
    table: String,
    programme: String,
    rule: RuleForm,
}

impl Sent {
    fn fresh(
        task: &Task,
        deliverables: Vec<String>,
        programme: Option<&Programme>,
        ways: &ProgrammeSettings,
        calendar: &WorkingCalendar,
    ) -> Self {
        let products =
            if ways.deliverables.is_empty() { deliverables } else { ways.deliverables.clone() };
        let accountable = match ways.accountable.as_str() {
            "" => "Chủ tịch UBND cấp xã",
            said => said,
        };
        Self {
            to: "tat-ca".to_owned(),
            agencies: vec![String::new(); 4],
            work: task.work.clone(),
            products: products.join("\n"),
            due: ways.inner_due(task.due_on, calendar).to_string(),
            accountable: accountable.to_owned(),
            table: String::new(),
            programme: programme.map(|it| it.id.to_string()).unwrap_or_default(),
            rule: RuleForm::default(),
        }
    }

    fn of(fields: &Fields) -> Self {
        let mut agencies: Vec<String> = fields.all("don-vi").map(str::to_owned).collect();
        agencies.extend([String::new(), String::new()]);
        Self {
            to: fields.one("giao-cho").to_owned(),
            agencies,
            work: fields.one("viec").to_owned(),
            products: fields.lines("san-pham").join("\n"),
            due: fields.one("han").to_owned(),
            accountable: fields.one("trach-nhiem").to_owned(),
            table: fields.one("bang").chars().take(400_000).collect(),
            programme: fields.one("chuong-trinh").to_owned(),
            rule: RuleForm::sent(fields),
        }
    }

    /// True when `to` is chosen.
    fn is_to(&self, to: &str) -> bool {
        match to {
            "tat-ca" => !["xa", "phuong", "dac-khu", "bang", "chon"].contains(&self.to.as_str()),
            _ => self.to == to,
        }
    }
}

#[derive(Template)]
#[template(path = "issuing/hand_down.html")]
struct HandDownPage {
    chrome: Chrome,
    task: Task,
    form: Sent,
    n_communes: usize,
    n_rural: usize,
    n_urban: usize,
    n_zones: usize,
    names: Vec<String>,
    programmes: Vec<Choice>,
    faults: Faults,
}
