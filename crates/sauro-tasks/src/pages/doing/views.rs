//! Views of the list that a person or an agency keeps.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::{Ctx, Right, SavedViewId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page};

use super::form::faults_of;
use super::listing::Asked;
use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, ViewChange};
use crate::model::SavedView;

/// Views that everyone has: name and query.
const BUILT_IN: [(&str, &str); 5] = [
    ("Chưa kết thúc", ""),
    ("Quá hạn", "tt=over"),
    ("Sắp đến hạn 7 ngày", "tt=soon"),
    ("Chờ nghiệm thu", "chang=reported"),
    ("Báo xong, chưa nghiệm thu", "lech=bao-xong"),
];

/// A view above the list.
pub(super) struct ViewLink {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_current: bool,
    /// Another person of the agency keeps it.
    pub(super) is_of_others: bool,
}

/// The views of this caller, as links to `path`.
pub(super) async fn links(
    ctx: &Ctx,
    db: &Db,
    asked: &Asked,
    path: &str,
) -> Result<Vec<ViewLink>, TasksError> {
    let now = asked.query();
    let link = |name: &str, query: &str, is_of_others| ViewLink {
        name: name.to_owned(),
        href: Asked::of_query(query).address(path, ""),
        is_current: query == now,
        is_of_others,
    };
    let saved = actions::saved_views(ctx, db).await?;
    let mut all: Vec<ViewLink> =
        BUILT_IN.iter().map(|(name, query)| link(name, query, false)).collect();
    all.extend(saved.iter().map(|it| link(&it.name, &it.query, it.account != ctx.actor.account)));
    Ok(all)
}

#[derive(Template)]
#[template(path = "doing/views.html")]
struct ViewsPage {
    chrome: Chrome,
    /// One's own, in order, and those of others.
    own: Vec<SavedView>,
    of_others: Vec<SavedView>,
    /// The list that is to be saved, after the form had a fault.
    new_name: String,
    query: String,
    is_shared: bool,
    /// This seat may remove what others share.
    may_tidy: bool,
    faults: Faults,
}

/// `GET /nhiem-vu/cach-xem`.
pub(super) async fn manage(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    render(&ctx, &db, chrome, &Sent::default(), Faults::none()).await
}

/// `POST /nhiem-vu/cach-xem`.
pub(super) async fn save(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let asked = Asked::of_query(sent.text("loc"));
    let is_shared = sent.text("chung") == "1";
    let done = actions::save_view(&ctx, &db, sent.text("ten"), &asked.query(), is_shared).await;
    match done {
        Ok(_) => Ok(Redirect::to(&asked.address("/nhiem-vu", "")).into_response()),
        Err(TasksError::Invalid(faults)) => {
            let html = render(&ctx, &db, chrome, &sent, faults_of(faults)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(err) => Err(err.into()),
    }
}

/// `POST /nhiem-vu/cach-xem/{id}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(id): Path<SavedViewId>,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    let done = match sent.text("viec") {
        "bo" => actions::remove_view(&ctx, &db, id).await,
        viec @ ("len" | "xuong") => {
            let change = ViewChange::Move { is_up: viec == "len" };
            actions::change_view(&ctx, &db, id, change).await
        }
        _ => {
            let name = sent.text(&format!("ten-{id}")).to_owned();
            let is_shared = sent.text("chung") == "1";
            actions::change_view(&ctx, &db, id, ViewChange::Rename { name, is_shared }).await
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to("/nhiem-vu/cach-xem").into_response()),
        Err(TasksError::Invalid(faults)) => {
            let faults = faults_of(faults);
            let faults = faults.iter().map(|it| (format!("ten-{id}"), it.words.clone())).collect();
            let html = render(&ctx, &db, chrome, &Sent::default(), faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(err) => Err(err.into()),
    }
}

async fn render(
    ctx: &Ctx,
    db: &Db,
    chrome: Chrome,
    sent: &Sent,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let all = actions::saved_views(ctx, db).await?;
    let (own, of_others) = all.into_iter().partition(|it| it.account == ctx.actor.account);
    page(&ViewsPage {
        chrome,
        own,
        of_others,
        new_name: sent.text("ten").to_owned(),
        query: sent.text("loc").to_owned(),
        is_shared: sent.text("chung") == "1",
        may_tidy: ctx.may(Right::PrepareTasks, ctx.actor.own()),
        faults,
    })
}

impl ViewsPage {
    fn href(&self, view: &SavedView) -> String {
        Asked::of_query(&view.query).address("/nhiem-vu", "")
    }
}
