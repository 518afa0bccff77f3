use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{AgencyId, Ctx, DirectiveId, DraftId, Over, Right};
use sauro_store::{Db, FileHash, Files};
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use super::draft_view::DraftView;
use super::fields::Fields;
use crate::actions;
use crate::model::{
    Agencies, Directive, Draft, DraftBody, DraftState, Mark, Origin, Paragraph, Task, marked,
    name_of, place_of,
};
use crate::pages::Catalogue;

/// Above so many drafts, same works are looked up on each draft's own page only.
const MOST_LOOKED_UP: usize = 60;

/// Issued tasks listed on the page.
const ISSUED: u16 = 100;

/// What the page before wants said.
#[derive(Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    pub(super) vua: String,
    #[serde(default)]
    pub(super) n: usize,
}

/// `GET /chi-dao/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DirectiveId>,
    Query(said): Query<Said>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directive = actions::directive(&ctx, &db, id).await?;
    let drafts = actions::drafts_of(&ctx, &db, id).await?;
    let over = Over { agency: directive.owner, path: &directive.owner_path };
    let (may_prepare, may_issue) =
        (ctx.may(Right::PrepareTasks, over), ctx.may(Right::IssueTasks, over));
    let n_same = actions::same_text(&ctx, &db, &directive.body).await?.len().saturating_sub(1);
    let text = text_of(&directive, &drafts, &*directory);
    let look_up = drafts.len() <= MOST_LOOKED_UP;
    let mut views = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut view = DraftView::of(draft, &*directory, may_prepare);
        if look_up && view.is_open {
            view.look_up(&ctx, &db, None).await?;
        }
        views.push(view);
    }
    let (dropped, drafts): (Vec<_>, Vec<_>) =
        views.into_iter().partition(|it| it.draft.state == DraftState::Dropped);
    let mut tasks = actions::tasks_of_directive(&ctx, &db, id, None, ISSUED + 1).await?;
    let has_more_tasks = tasks.len() > usize::from(ISSUED);
    tasks.truncate(usize::from(ISSUED));
    let tasks =
        tasks.into_iter().map(|it| (name_of(&*directory, it.lead).to_owned(), it)).collect();
    let count = |state| drafts.iter().filter(|it| it.draft.state == state).count();
    page(&ReviewPage {
        n_clear: drafts
            .iter()
            .filter(|it| it.is_clear() && it.draft.state == DraftState::Draft)
            .count(),
        n_draft: count(DraftState::Draft),
        n_proposed: count(DraftState::Proposed),
        n_issued: count(DraftState::Issued),
        owner: name_of(&*directory, directive.owner).to_owned(),
        chrome,
        directive,
        text,
        drafts,
        dropped,
        tasks,
        has_more_tasks,
        may_prepare,
        may_issue,
        n_same,
        said,
    })
}

/// The text with its marks: where the words of each draft's clarities stand.
fn text_of(directive: &Directive, drafts: &[Draft], directory: &dyn Agencies) -> Vec<Paragraph> {
    let chars: Vec<char> = directive.body.chars().collect();
    let mut marks = Vec::new();
    let mut origins = Vec::new();
    for draft in drafts.iter().filter(|it| it.state != DraftState::Dropped) {
        let Some((start, end)) = draft.body.span else { continue };
        let (start, end) = (start as usize, end as usize);
        origins.push(Origin { start, end, draft: draft.ordinal });
        let mut mark = |clarity: usize, words: &str| {
            if let Some((start, end)) = place_of(&chars, start, end, words) {
                marks.push(Mark { start, end, clarity });
            }
        };
        for (clarity, words) in words_of(&draft.body, directory) {
            mark(clarity, words);
        }
    }
    marked(&directive.body, &marks, &origins)
}

/// The words of a draft that may stand in the text, with the clarity they tell of.
fn words_of<'a>(body: &'a DraftBody, directory: &'a dyn Agencies) -> Vec<(usize, &'a str)> {
    let name = |id: &AgencyId| directory.fact(*id).map_or("", |it| it.name);
    let mut words: Vec<(usize, &str)> =
        body.leads.iter().chain(&body.partners).map(|id| (1, name(id))).collect();
    words.push((2, body.work.as_str()));
    words.push((3, body.deadline.text.as_str()));
    words.push((4, body.accountable.as_str()));
    words.extend(body.deliverables.iter().map(|it| (5, it.as_str())));
    words.extend(body.authority.iter().map(|id| (6, name(id))));
    words
}

/// `GET /chi-dao/{id}/tep`: the file as it came.
pub(super) async fn file(
    Caller(ctx): Caller,
    State(db): State<Db>,
    State(files): State<Files>,
    Path(id): Path<DirectiveId>,
) -> Result<Response, Failure> {
    let directive = actions::directive(&ctx, &db, id).await?;
    let hash: Option<[u8; 32]> = directive.file_hash.and_then(|it| it.try_into().ok());
    let content = files.read(&FileHash(hash.ok_or(Failure::NotFound)?)).await?;
    let name: String = directive.file_name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    // Never shown in the page's own origin, whatever it is.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    Ok((headers, content).into_response())
}

/// `POST /chi-dao/{id}/trinh`: proposes the ticked drafts, or all that are clear. A leader issues them at once.
pub(super) async fn propose(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DirectiveId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let ids = chosen(&ctx, &db, id, &Fields(sent), DraftState::Draft).await?;
    let proposed = actions::propose_drafts(&ctx, &db, &*directory, &ids).await?;
    Ok(Redirect::to(&format!("/chi-dao/{id}?vua=trinh&n={}", proposed.len())))
}

/// `POST /chi-dao/{id}/giao`: issues what waits; drafts that are clear are proposed first.
pub(super) async fn issue(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(id): Path<DirectiveId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let mut ids = chosen(&ctx, &db, id, &fields, DraftState::Proposed).await?;
    let open = chosen(&ctx, &db, id, &fields, DraftState::Draft).await?;
    if !open.is_empty() {
        ids.extend(actions::propose_drafts(&ctx, &db, &*directory, &open).await?);
    }
    let issued = actions::issue_drafts(&ctx, &db, &*directory, &ids).await?;
    Ok(Redirect::to(&format!("/chi-dao/{id}?vua=giao&n={}", issued.len())))
}

/// `POST /chi-dao/{id}/tra-lai`.
pub(super) async fn send_back(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(id): Path<DirectiveId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let ids = chosen(&ctx, &db, id, &fields, DraftState::Proposed).await?;
    actions::send_back_drafts(&ctx, &db, &ids, fields.one("ly-do")).await?;
    Ok(Redirect::to(&format!("/chi-dao/{id}?vua=tra-lai&n={}", ids.len())))
}

/// `POST /chi-dao/{id}/gop`.
pub(super) async fn merge(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(id): Path<DirectiveId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let ids: Vec<DraftId> = Fields(sent).ids("du-thao");
    let first = actions::merge_drafts(&ctx, &db, &ids).await?;
    let first = actions::draft(&ctx, &db, first).await?;
    Ok(Redirect::to(&format!("/chi-dao/{id}?vua=gop#du-thao-{}", first.ordinal)))
}

/// `POST /chi-dao/{id}/them`: an empty draft, opened for editing.
pub(super) async fn add(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(id): Path<DirectiveId>,
) -> Result<Redirect, Failure> {
    let body =
        DraftBody { strength: "binding".to_owned(), is_public: true, ..DraftBody::default() };
    let draft = actions::add_draft(&ctx, &db, id, body).await?;
    Ok(Redirect::to(&format!("/chi-dao/du-thao/{draft}")))
}

/// The ticked drafts of the directive in `state`, or all in that state when nothing is ticked.
async fn chosen(
    ctx: &Ctx,
    db: &Db,
    id: DirectiveId,
    fields: &Fields,
    state: DraftState,
) -> Result<Vec<DraftId>, Failure> {
    let ticked: Vec<DraftId> = fields.ids("du-thao");
    let drafts = actions::drafts_of(ctx, db, id).await?;
    let is_meant = |it: &Draft| it.state == state && (ticked.is_empty() || ticked.contains(&it.id));
    Ok(drafts.iter().filter(|it| is_meant(it)).map(|it| it.id).collect())
}

#[derive(Template)]
#[template(path = "issuing/review.html")]
struct ReviewPage {
    chrome: Chrome,
    directive: Directive,
    owner: String,
    text: Vec<Paragraph>,
    drafts: Vec<DraftView>,
    dropped: Vec<DraftView>,
    /// Issued tasks with the names of their leads.
    tasks: Vec<(String, Task)>,
    has_more_tasks: bool,
    n_clear: usize,
    n_draft: usize,
    n_proposed: usize,
    n_issued: usize,
    n_same: usize,
    may_prepare: bool,
    may_issue: bool,
    said: Said,
}
