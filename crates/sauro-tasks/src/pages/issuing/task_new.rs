use askama::Template;
use axum::extract::{Form, State};
use axum::response::{Html, Redirect};
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::draft_form::{DraftForm, body_of, offered};
use super::fields::{Fields, shown};
use crate::actions;
use crate::model::{Agencies, DraftBody};
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// Programmes offered in a form.
const PROGRAMMES: u16 = 200;

/// `GET /nhiem-vu/moi`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let body =
        DraftBody { strength: "binding".to_owned(), is_public: true, ..DraftBody::default() };
    let form = DraftForm::of(&body, &*directory);
    new_page(&ctx, &db, &*directory, chrome, form, String::new(), Vec::new()).await
}

/// `POST /nhiem-vu/moi`.
pub(super) async fn enter(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let fields = Fields(sent);
    let mut faults = Vec::new();
    let body = body_of(&fields, &DraftBody::default(), ctx.today(), &*directory, &mut faults);
    let chosen = fields.one("chuong-trinh").to_owned();
    match chosen.parse() {
        Ok(programme) if faults.is_empty() => {
            match actions::enter_task(&ctx, &db, programme, body).await {
                Ok(_) => return Ok(Redirect::to("/chi-dao/du-thao?vua=nhap&n=1")),
                Err(TasksError::Invalid(found)) => faults = found,
                Err(err) => return Err(err.into()),
            }
        }
        Ok(_) => {}
        Err(_) => faults
            .insert(0, Fault::new("chuong-trinh", "Chọn chương trình mà nhiệm vụ này thuộc về.")),
    }
    let form = DraftForm::sent(&fields);
    Err(Failure::Unprocessable(
        new_page(&ctx, &db, &*directory, chrome, form, chosen, faults).await?,
    ))
}

/// The programmes that a form offers.
pub(super) async fn programmes(ctx: &Ctx, db: &Db) -> Result<Vec<Choice>, TasksError> {
    let all = actions::programmes(ctx, db, "", PROGRAMMES).await?;
    Ok(all.into_iter().map(|it| Choice::new(it.id, it.name)).collect())
}

async fn new_page(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    chrome: Chrome,
    form: DraftForm,
    chosen: String,
    faults: Vec<Fault>,
) -> Result<Html<String>, Failure> {
    page(&NewPage {
        chrome,
        programmes: programmes(ctx, db).await?,
        chosen,
        names: offered(directory, &ctx.actor.agency_path),
        cycles: form.cycles(),
        strengths: form.strengths(),
        form,
        faults: shown(faults),
    })
}

#[derive(Template)]
#[template(path = "issuing/task_new.html")]
struct NewPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    chosen: String,
    form: DraftForm,
    cycles: Vec<Choice>,
    strengths: Vec<Choice>,
    names: Vec<String>,
    faults: Faults,
}
