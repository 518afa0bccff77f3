//! `/thong-bao`: what happened that this desk should know.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_kernel::NoticeId;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use super::Bell;
use crate::actions::{self, Part, Place};
use crate::model::Notice;

/// Where in which list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "chua-doc-sau")]
    unread_after: String,
    #[serde(rename = "da-doc-sau")]
    read_after: String,
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    chrome: Chrome,
    seat: String,
    unread: Part,
    read: Part,
    /// This is not the first page.
    is_further: bool,
}

/// `GET /thong-bao`.
pub(super) async fn show(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    let place = |text: &str| -> Result<Option<Place>, Failure> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|()| Failure::NotFound)
    };
    let (unread_after, read_after) = (place(&asked.unread_after)?, place(&asked.read_after)?);
    // A further page shows the list it goes on with and not the other one again.
    let unread = match read_after {
        Some(_) => Part::default(),
        None => actions::list_notices(&ctx, &db, false, unread_after).await?,
    };
    let read = match unread_after {
        Some(_) => Part::default(),
        None => actions::list_notices(&ctx, &db, true, read_after).await?,
    };
    page(&ListPage {
        seat: format!("{}, {}", ctx.actor.role.label(), ctx.actor.agency_name),
        is_further: unread_after.is_some() || read_after.is_some(),
        chrome,
        unread,
        read,
    })
}

/// `POST /thong-bao/{id}`: read; goes to what it is about.
pub(super) async fn open(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(bell): Extension<Bell>,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    let id: NoticeId = id.parse().map_err(|_| Failure::NotFound)?;
    let notice = actions::mark_read(&ctx, &db, id).await?;
    bell.forget(&ctx.actor);
    let single = notice.items.first().filter(|_| notice.n == 1);
    Ok(Redirect::to(single.map_or("/thong-bao", |it| it.href.as_str())))
}

/// `POST /thong-bao/doc-het`: all read.
pub(super) async fn mark_all(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(bell): Extension<Bell>,
) -> Result<Redirect, Failure> {
    actions::mark_all_read(&ctx, &db).await?;
    bell.forget(&ctx.actor);
    Ok(Redirect::to("/thong-bao"))
}

/// The head of a line: its drawing.
pub(crate) fn mark(notice: &Notice) -> sauro_ui::Markup {
    match notice.kind.status() {
        "" => sauro_ui::icon(notice.kind.icon()),
        status => sauro_ui::icon(format!("s-{status}")),
    }
}
