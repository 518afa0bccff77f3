//! `/quan-tri/tai-khoan`: the accounts of the administrator's scope.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, page};
use serde::Deserialize;

use super::door::Door;
use super::words::query_value;
use crate::actions::{self, AccountView};

/// What to list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    sau: String,
}

#[derive(Template)]
#[template(path = "identity/accounts.html")]
struct AccountsPage {
    chrome: Chrome,
    words: String,
    accounts: Vec<AccountView>,
    scope: String,
    next: String,
}

/// `GET /quan-tri/tai-khoan?q=&sau=`.
pub(super) async fn show(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    let words: String = asked.q.trim().chars().take(200).collect();
    let found = actions::list_accounts(&ctx, &door.identity, &words, &asked.sau).await?;
    let next = |after: String| {
        let (words, after) = (query_value(&words), query_value(&after));
        format!("/quan-tri/tai-khoan?q={words}&sau={after}")
    };
    page(&AccountsPage {
        next: found.next.map(next).unwrap_or_default(),
        accounts: found.accounts,
        scope: ctx.actor.agency_name,
        chrome,
        words,
    })
}
