//! `/xep-hang/phan-hoi`: what waits for an answer, overdue first, and what the own unit has contested.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, page, words};

use super::table::capital;
use crate::actions;
use crate::model::Appeal;

#[derive(Template)]
#[template(path = "scores/appeals.html")]
struct AppealsPage {
    chrome: Chrome,
    to_answer: Vec<Row>,
    answered: Vec<Row>,
    own: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    note: String,
    reason: String,
    status: (&'static str, &'static str),
}

/// `GET /xep-hang/phan-hoi`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let found = actions::appeals(&ctx, &db).await?;
    let today = ctx.today();
    let rows = |all: &[Appeal]| all.iter().map(|it| row(it, &directory, today)).collect();
    page(&AppealsPage {
        to_answer: rows(&found.to_answer),
        answered: rows(&found.answered),
        own: rows(&found.own),
        chrome,
    })
}

fn row(it: &Appeal, directory: &Directory, today: chrono::NaiveDate) -> Row {
    let unit = directory.name(it.unit);
    let unit = unit.strip_prefix("Ủy ban nhân dân ").unwrap_or(unit);
    Row {
        href: format!("/xep-hang/phan-hoi/{}", it.id),
        title: format!("{}: {}", capital(unit), it.about()),
        note: format!(
            "gửi {}, hạn trả lời {}",
            words::date(it.asked_day()),
            words::date(it.due_on)
        ),
        reason: it.reason.clone(),
        status: it.status(today),
    }
}
