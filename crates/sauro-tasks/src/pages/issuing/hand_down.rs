use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_kernel::{Ctx, Over, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::draft_form::offered;
use super::fields::{Fields, agencies, day, shown};
use crate::TasksError;
use crate::actions::{self, Addressees, HandDown};
use crate::model::{Agencies, Task};
use crate::pages::Catalogue;

/// `GET /nhiem-vu/{code}/giao-xuong`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (task, deliverables) = seen(&ctx, &db, &code).await?;
    let form = Sent {
        to: "tat-ca".to_owned(),
        agencies: vec![String::new(); 4],
        work: task.work.clone(),
        products: deliverables.join("\n"),
        due: task.due_on.to_string(),
        accountable: "Chủ tịch UBND cấp xã".to_owned(),
    };
    page(&parts(&ctx, &*directory, chrome, task, form, Faults::none()))
}

/// `POST /nhiem-vu/{code}/giao-xuong`.
pub(super) async fn hand_down(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let (task, _) = seen(&ctx, &db, &code).await?;
    let mut faults = Vec::new();
    let to = match fields.one("giao-cho") {
        "chon" => Addressees::Agencies(agencies(&fields, "don-vi", &*directory, &mut faults)),
        _ => Addressees::AllCommunes,
    };
    let part = HandDown {
        to,
        work: fields.one("viec").to_owned(),
        deliverables: fields.lines("san-pham"),
        due_on: day("han", fields.one("han"), &mut faults),
        accountable: fields.one("trach-nhiem").to_owned(),
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
    let form = Sent::of(&fields);
    Err(Failure::Unprocessable(page(&parts(&ctx, &*directory, chrome, task, form, shown(faults)))?))
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
    faults: Faults,
) -> HandDownPage {
    HandDownPage {
        n_communes: directory.communes_below(&task.lead_path).len(),
        names: offered(directory, &ctx.actor.agency_path),
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
}

impl Sent {
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
    names: Vec<String>,
    faults: Faults,
}
