use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_kernel::{Ctx, DraftId, Over, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page};

use super::draft_form::{DraftForm, body_of, offered};
use super::draft_view::DraftView;
use super::fields::{Fields, shown};
use crate::actions;
use crate::model::{Agencies, Draft};
use crate::pages::Catalogue;
use crate::{Fault, TasksError};

/// `GET /chi-dao/du-thao/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DraftId>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let draft = actions::draft(&ctx, &db, id).await?;
    let form = DraftForm::of(&draft.body, &*directory);
    edit_page(&ctx, &db, &*directory, chrome, draft, form, Vec::new(), false).await
}

/// `POST /chi-dao/du-thao/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DraftId>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let draft = actions::draft(&ctx, &db, id).await?;
    let mut faults = Vec::new();
    let body = body_of(&fields, &draft.body, ctx.today(), &*directory, &mut faults);
    let version = fields.one("phien-ban").parse().unwrap_or(0);
    let mut is_stale = false;
    if faults.is_empty() {
        match actions::change_draft(&ctx, &db, id, body, version).await {
            Ok(()) => return Ok(back(&draft, "sua")),
            Err(TasksError::Invalid(found)) => faults = found,
            Err(TasksError::Stale) => is_stale = true,
            Err(err) => return Err(err.into()),
        }
    }
    // Someone else's text is read again, so that both stand side by side.
    let draft = actions::draft(&ctx, &db, id).await?;
    let form = DraftForm::sent(&fields);
    let is_stale = is_stale || draft.version != version;
    Err(Failure::Unprocessable(
        edit_page(&ctx, &db, &*directory, chrome, draft, form, faults, is_stale).await?,
    ))
}

/// `POST /chi-dao/du-thao/{id}/tach`.
pub(super) async fn split(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DraftId>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let version = fields.one("phien-ban").parse().unwrap_or(0);
    let (first, second) = (fields.one("viec-1"), fields.one("viec-2"));
    match actions::split_draft(&ctx, &db, id, first, second, version).await {
        Ok(_) => Ok(back(&actions::draft(&ctx, &db, id).await?, "sua")),
        Err(TasksError::Invalid(faults)) => {
            Err(again(&ctx, &db, &*directory, chrome, id, faults).await?)
        }
        Err(err) => Err(err.into()),
    }
}

/// `POST /chi-dao/du-thao/{id}/bo`.
pub(super) async fn discard(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DraftId>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    match actions::drop_draft(&ctx, &db, id, Fields(sent).one("ly-do")).await {
        Ok(()) => {
            let draft = actions::draft(&ctx, &db, id).await?;
            Ok(match draft.directive {
                Some(directive) => Redirect::to(&format!("/chi-dao/{directive}?vua=bo")),
                None => Redirect::to("/chi-dao/du-thao?vua=bo"),
            })
        }
        Err(TasksError::Invalid(faults)) => {
            Err(again(&ctx, &db, &*directory, chrome, id, faults).await?)
        }
        Err(err) => Err(err.into()),
    }
}

async fn again(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    chrome: Chrome,
    id: DraftId,
    faults: Vec<Fault>,
) -> Result<Failure, Failure> {
    let draft = actions::draft(ctx, db, id).await?;
    let form = DraftForm::of(&draft.body, directory);
    Ok(Failure::Unprocessable(
        edit_page(ctx, db, directory, chrome, draft, form, faults, false).await?,
    ))
}

/// Where the draft is one of several.
fn back(draft: &Draft, said: &str) -> Redirect {
    Redirect::to(&match draft.directive {
        Some(directive) => format!("/chi-dao/{directive}?vua={said}#du-thao-{}", draft.ordinal),
        None => format!("/chi-dao/du-thao?vua={said}"),
    })
}

#[expect(clippy::too_many_arguments, reason = "the one page of several handlers")]
async fn edit_page(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    chrome: Chrome,
    draft: Draft,
    form: DraftForm,
    faults: Vec<Fault>,
    is_stale: bool,
) -> Result<Html<String>, Failure> {
    let may_prepare =
        ctx.may(Right::PrepareTasks, Over { agency: draft.owner, path: &draft.owner_path });
    let mut view = DraftView::of(draft, directory, may_prepare);
    if view.is_open {
        view.look_up(ctx, db, view.draft.body.leads.first().copied()).await?;
    }
    let (back_to, back_words) = match view.draft.directive {
        Some(directive) => (
            format!("/chi-dao/{directive}#du-thao-{}", view.draft.ordinal),
            "Văn bản và các dự thảo",
        ),
        None => ("/chi-dao/du-thao".to_owned(), "Dự thảo của đơn vị"),
    };
    page(&EditPage {
        chrome,
        names: offered(directory, &ctx.actor.agency_path),
        cycles: form.cycles(),
        strengths: form.strengths(),
        form,
        view,
        back_to,
        back_words,
        is_stale,
        faults: shown(faults),
    })
}

#[derive(Template)]
#[template(path = "issuing/draft_edit.html")]
struct EditPage {
    chrome: Chrome,
    view: DraftView,
    form: DraftForm,
    cycles: Vec<sauro_ui::Choice>,
    strengths: Vec<sauro_ui::Choice>,
    names: Vec<String>,
    back_to: String,
    back_words: &'static str,
    is_stale: bool,
    faults: Faults,
}
