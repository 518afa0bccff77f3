use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::Right;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page};

use super::around::Around;
use super::columns::{Cell, Column, Filler, Head};
use super::lines::count_words;
use super::listing::{self, Asked, Choices};
use super::views::{ViewLink, links};
use crate::actions;

struct Line {
    id: String,
    code: String,
    work: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "doing/tasks.html")]
struct TasksPage {
    chrome: Chrome,
    asked: Asked,
    faults: Faults,
    choices: Choices,
    views: Vec<ViewLink>,
    /// How many there are, in words.
    count: String,
    /// The task that they were handed down from: code and work.
    parent: Option<(String, String)>,
    /// All columns: code, label, shown.
    columns: Vec<(&'static str, &'static str, bool)>,
    order: &'static str,
    task_head: Head,
    heads: Vec<Head>,
    lines: Vec<Line>,
    prev: String,
    next: String,
    /// This seat may urge.
    may_urge: bool,
}

/// `GET /nhiem-vu`.
pub(super) async fn list(
    Caller(ctx): Caller,
    State(db): State<Db>,
    asked: Asked,
    around: Around,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let listing::Read { filter, parent, faults } =
        listing::read(&ctx, &db, &asked, &around).await?;
    let (found, count) = if faults.is_empty() {
        let found = actions::task_list(&ctx, &db, &filter, asked.after.parse().ok()).await?;
        // A list that fits on one page is counted already.
        let count = match (&found.prev, &found.next) {
            (None, None) => i64::try_from(found.tasks.len()).unwrap_or(i64::MAX),
            _ => actions::task_count(&ctx, &db, &filter).await?,
        };
        (found, count)
    } else {
        (actions::TaskPage { tasks: Vec::new(), next: None, prev: None }, 0)
    };
    let columns = Column::shown(&asked);
    let choices = Choices::of(&ctx, &db, &asked, &around).await?;
    let mut filler = Filler::new(around, columns.clone());
    filler.learn(&db, &found.tasks).await?;
    let lines = found.tasks.iter().map(|(task, status)| Line {
        id: task.id.to_string(),
        code: task.code.clone(),
        work: task.work.clone(),
        cells: columns.iter().map(|it| filler.cell(&ctx, *it, task, *status)).collect(),
    });
    let place = |it: Option<crate::model::Cursor>| {
        it.map(|it| asked.address("/nhiem-vu", &it.to_string())).unwrap_or_default()
    };
    let sort = filter.order();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html: Html<String> = page(&TasksPage {
        choices,
        views: links(&ctx, &db, &asked, "/nhiem-vu").await?,
        count: count_words(count),
        parent: parent.map(|it| (it.code, it.work)),
        columns: Column::ALL
            .iter()
            .map(|it| (it.code(), it.label(), columns.contains(it)))
            .collect(),
        order: sort.label(),
        task_head: Head::of_task(&asked, sort),
        heads: columns.iter().map(|it| Head::of(*it, &asked, sort)).collect(),
        lines: lines.collect(),
        prev: place(found.prev),
        next: place(found.next),
        may_urge: ctx.may(Right::PressTasks, ctx.actor.own()),
        chrome,
        asked,
        faults,
    })?;
    Ok((status, html).into_response())
}

impl TasksPage {
    fn csv(&self) -> String {
        self.asked.address("/nhiem-vu/xuat.csv", "")
    }

    fn xlsx(&self) -> String {
        self.asked.address("/nhiem-vu/xuat.xlsx", "")
    }

    /// The list as an official paper of the kind `docx` or `pdf`, in the layout of the code `layout`.
    fn paper(&self, kind: &str, layout: &str) -> String {
        let address = self.asked.address(&format!("/nhiem-vu/xuat.{kind}"), "");
        let and = if address.contains('?') { '&' } else { '?' };
        format!("{address}{and}mau={layout}")
    }

    fn timeline(&self) -> String {
        self.asked.address("/nhiem-vu/tien-do", "")
    }

    fn start(&self) -> String {
        self.asked.address("/nhiem-vu", "")
    }
}
