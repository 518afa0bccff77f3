use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use sauro_kernel::{Ctx, DraftId, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use super::draft_view::DraftView;
use super::fields::Fields;
use super::review::Said;
use crate::actions;
use crate::model::{Agencies, DraftState};
use crate::pages::Catalogue;

/// Drafts on one page of the agency's own.
const PAGE: u16 = 100;

/// `GET /chi-dao/du-thao`: what waits for approval, and what is being edited.
pub(super) async fn own(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Query(said): Query<Said>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let may_prepare = ctx.may(Right::PrepareTasks, ctx.actor.own());
    let may_issue = ctx.may(Right::IssueTasks, ctx.actor.own());
    let (proposed, more_proposed) =
        listed(&ctx, &db, &*directory, DraftState::Proposed, "c", may_prepare).await?;
    let (open, more_open) =
        listed(&ctx, &db, &*directory, DraftState::Draft, "s", may_prepare).await?;
    let owner = ctx.actor.agency_name.clone();
    let n_clear = open.iter().filter(|it| it.is_clear()).count();
    page(&OwnPage {
        chrome,
        owner,
        proposed,
        open,
        n_clear,
        more_proposed,
        more_open,
        may_prepare,
        may_issue,
        said,
    })
}

async fn listed(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    state: DraftState,
    letter: &str,
    may_prepare: bool,
) -> Result<(Vec<DraftView>, bool), Failure> {
    let mut drafts = actions::own_drafts(ctx, db, state, (0, uuid::Uuid::nil()), PAGE + 1).await?;
    let has_more = drafts.len() > usize::from(PAGE);
    drafts.truncate(usize::from(PAGE));
    let views = (1..).zip(drafts).map(|(n, draft)| {
        let mut view = DraftView::of(draft, directory, may_prepare);
        view.key = format!("{letter}{n}");
        view
    });
    Ok((views.collect(), has_more))
}

/// `POST /chi-dao/du-thao/trinh`.
pub(super) async fn propose(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let proposed = actions::propose_drafts(&ctx, &db, &*directory, &meant(&Fields(sent))).await?;
    Ok(Redirect::to(&format!("/chi-dao/du-thao?vua=trinh&n={}", proposed.len())))
}

/// `POST /chi-dao/du-thao/giao`.
pub(super) async fn issue(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let issued = actions::issue_drafts(&ctx, &db, &*directory, &meant(&Fields(sent))).await?;
    Ok(Redirect::to(&format!("/chi-dao/du-thao?vua=giao&n={}", issued.len())))
}

/// `POST /chi-dao/du-thao/tra-lai`.
pub(super) async fn send_back(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let ids = meant(&fields);
    actions::send_back_drafts(&ctx, &db, &ids, fields.one("ly-do")).await?;
    Ok(Redirect::to(&format!("/chi-dao/du-thao?vua=tra-lai&n={}", ids.len())))
}

/// The ticked drafts, or all that were shown when nothing is ticked.
fn meant(fields: &Fields) -> Vec<DraftId> {
    let ticked: Vec<DraftId> = fields.ids("du-thao");
    if ticked.is_empty() { fields.ids("tat-ca") } else { ticked }
}

#[derive(Template)]
#[template(path = "issuing/own_drafts.html")]
struct OwnPage {
    chrome: Chrome,
    owner: String,
    proposed: Vec<DraftView>,
    open: Vec<DraftView>,
    n_clear: usize,
    more_proposed: bool,
    more_open: bool,
    may_prepare: bool,
    may_issue: bool,
    said: Said,
}
