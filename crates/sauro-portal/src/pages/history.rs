//! The versions of an item, and two of them side by side.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use sauro_kernel::PortalItemId;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page, words};
use serde::Deserialize;

use super::House;
use crate::actions::{self, Compared};
use crate::model::{Item, Row, State, Version};

#[derive(Template)]
#[template(path = "portal/versions.html")]
struct VersionsPage {
    chrome: Chrome,
    faults: Faults,
    item: Item,
    rows: Vec<Line>,
    choices: Vec<Choice>,
    a: String,
    b: String,
    next: String,
    may_restore: bool,
}

struct Line {
    n: i64,
    title: String,
    author: String,
    at: String,
    note: String,
    is_live: bool,
    is_newest: bool,
}

#[derive(Template)]
#[template(path = "portal/compare.html")]
struct ComparePage {
    chrome: Chrome,
    it: Compared,
    old_at: String,
    new_at: String,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "truoc")]
    before: Option<i64>,
}

/// Which two versions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Two {
    a: i64,
    b: i64,
}

/// `GET /bien-tap/{id}/phien-ban`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let found = actions::versions(&ctx, &house.state.db, (id, asked.before)).await?;
    let (item, versions, has_more) = found;
    let last = versions.last().filter(|_| has_more);
    let next = last.map(|it| format!("/bien-tap/{id}/phien-ban?truoc={}", it.n));
    let line = |it: &Version| Line {
        n: it.n,
        title: it.content.title.clone(),
        author: it.author.clone(),
        at: words::datetime(it.at),
        note: it.note.clone(),
        is_live: item.live_n == Some(it.n),
        is_newest: item.version_n == it.n,
    };
    let choice = |it: &Version| Choice::new(it.n, format!("Phiên bản {}", it.n));
    page(&VersionsPage {
        faults: Faults::none(),
        rows: versions.iter().map(line).collect(),
        choices: versions.iter().map(choice).collect(),
        a: versions.get(1).or(versions.first()).map(|it| it.n.to_string()).unwrap_or_default(),
        b: versions.first().map(|it| it.n.to_string()).unwrap_or_default(),
        next: next.unwrap_or_default(),
        may_restore: matches!(item.state, State::Draft | State::Editing | State::Correcting),
        item,
        chrome,
    })
}

/// `GET /bien-tap/{id}/so-sanh`.
pub(super) async fn compare(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    Query(two): Query<Two>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = actions::compare(&ctx, &house.state.db, id, (two.a, two.b)).await?;
    let (old_at, new_at) = (words::datetime(it.old.at), words::datetime(it.new.at));
    page(&ComparePage { chrome, it, old_at, new_at })
}

impl ComparePage {
    /// Each row as two cells: the word for it, older words, newer words.
    fn cells(&self) -> Vec<(&'static str, &str, &str)> {
        self.it
            .rows
            .iter()
            .map(|it| match it {
                Row::Same(words) => ("", words.as_str(), words.as_str()),
                Row::Gone(words) => ("Bỏ", words.as_str(), ""),
                Row::Come(words) => ("Thêm", "", words.as_str()),
            })
            .collect()
    }
}
