//! `/bien-tap`: what the agency writes, and beginning something.

use askama::Template;
use axum::extract::{Form, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_kernel::Right;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page, words};
use serde::Deserialize;

use super::House;
use super::answer::shown;
use super::view::{after, next_page};
use crate::actions::{self, Desk};
use crate::model::{Item, Kind, Tongue};

#[derive(Template)]
#[template(path = "portal/queue.html")]
struct DeskPage {
    chrome: Chrome,
    faults: Faults,
    rows: Vec<Row>,
    next: String,
    kinds: Vec<Choice>,
    sections: Vec<Choice>,
    new: New,
    may_manage: bool,
    may_write: bool,
    done: &'static str,
}

struct Row {
    href: String,
    title: String,
    kind: &'static str,
    /// The language, where it is not Vietnamese.
    tongue: &'static str,
    section: String,
    touched: String,
    planned: String,
    status: (&'static str, &'static str),
    /// Remarks that are not settled.
    n_remarks: i64,
}

/// What is to be begun, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct New {
    #[serde(rename = "loai")]
    kind: String,
    #[serde(rename = "chuyen-muc")]
    section: String,
    #[serde(rename = "tieu-de")]
    title: String,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "sau")]
    after: String,
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /bien-tap`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let desk = actions::queue(&ctx, &house.state.db, after(&asked.after)).await?;
    let done = match asked.just.as_str() {
        "chuyen" => "Đã chuyển bài sang chuyên mục khác.",
        _ => "",
    };
    drawn(&house, chrome, desk, (New::default(), Faults::none(), done))
}

/// `POST /bien-tap`.
pub(super) async fn begin(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
    Form(new): Form<New>,
) -> Result<Response, Failure> {
    let kind = Kind::of_code(&new.kind).unwrap_or(Kind::Article);
    let db = &house.state.db;
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    let answer = match new.section.parse() {
        Ok(section) => actions::begin(&ctx, db, (section, kind), &new.title).await,
        Err(_) => Err(crate::PortalError::of_field("chuyen-muc", "Chọn chuyên mục.")),
    };
    match answer {
        Ok(it) => Ok(Redirect::to(&format!("/bien-tap/{}", it.id)).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let desk = actions::queue(&ctx, db, None).await?;
            Err(Failure::Unprocessable(drawn(&house, chrome, desk, (new, faults, ""))?))
        }
    }
}

fn drawn(
    house: &House,
    chrome: Chrome,
    desk: Desk,
    (new, faults, done): (New, Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let section = |it: &Item| {
        let found = desk.sections.iter().find(|section| section.id == it.section);
        found.map(|it| it.name.clone()).unwrap_or_default()
    };
    let row = |it: &Item| Row {
        href: format!("/bien-tap/{}", it.id),
        title: it.title.clone(),
        kind: it.kind.label(),
        tongue: if it.tongue == Tongue::Vietnamese { "" } else { it.tongue.label() },
        section: section(it),
        touched: words::datetime(it.touched_at),
        planned: it.publish_at.map(words::datetime).unwrap_or_default(),
        status: it.state.status(),
        n_remarks: desk.remarks.iter().find(|one| one.0 == it.id).map_or(0, |one| one.1),
    };
    page(&DeskPage {
        faults,
        rows: desk.items.iter().map(row).collect(),
        next: next_page("/bien-tap", desk.next),
        kinds: Kind::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        sections: desk.sections.iter().map(|it| Choice::new(it.id, it.name.clone())).collect(),
        new,
        may_write: house.ctx.may(Right::WritePortal, house.ctx.actor.own()),
        may_manage: house.ctx.may(Right::ManagePortal, house.ctx.actor.own()),
        done,
        chrome,
    })
}
