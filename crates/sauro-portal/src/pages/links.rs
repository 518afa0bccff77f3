//! `/bien-tap/duong-dan`: words of what is public that lead nowhere.

use askama::Template;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, page};

use super::House;
use crate::actions::{self, Broken};

#[derive(Template)]
#[template(path = "portal/links.html")]
struct LinksPage {
    chrome: Chrome,
    broken: Vec<Broken>,
    /// Links that are still to be looked at.
    n_waiting: i64,
}

/// `GET /bien-tap/duong-dan`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (broken, n_waiting) = actions::broken_links(&ctx, &house.state.db).await?;
    page(&LinksPage { chrome, broken, n_waiting })
}
