use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use sauro_kernel::{DirectiveId, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use crate::actions;
use crate::model::{DirectiveLine, name_of};
use crate::pages::Catalogue;

/// Directives on one page.
const PAGE: u16 = 30;

/// A place in the list: `<microseconds>.<id>`.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    truoc: String,
}

impl Before {
    fn place(&self) -> Option<(i64, DirectiveId)> {
        let (at, id) = self.truoc.split_once('.')?;
        Some((at.parse().ok()?, id.parse().ok()?))
    }
}

/// `GET /chi-dao`.
pub(super) async fn list(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Query(before): Query<Before>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let place = before.place();
    let mut lines = actions::directives(&ctx, &db, place, PAGE + 1).await?;
    let has_more = lines.len() > usize::from(PAGE);
    lines.truncate(usize::from(PAGE));
    let next = match lines.last() {
        Some(last) if has_more => format!("/chi-dao?truoc={}.{}", last.added_at, last.id),
        _ => String::new(),
    };
    let rows = lines
        .into_iter()
        .map(|it| Row { owner: name_of(&*directory, it.owner).to_owned(), it })
        .collect();
    let may_bring = ctx.may(Right::PrepareTasks, ctx.actor.own());
    page(&ListPage { chrome, rows, next, is_first: place.is_none(), may_bring })
}

struct Row {
    it: DirectiveLine,
    owner: String,
}

#[derive(Template)]
#[template(path = "issuing/directives.html")]
struct ListPage {
    chrome: Chrome,
    rows: Vec<Row>,
    next: String,
    is_first: bool,
    may_bring: bool,
}
