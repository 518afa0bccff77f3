//! `/bien-tap/nguoi-nhan-tin`: how many people are told, for editors.

use askama::Template;
use axum::response::Html;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use super::House;
use crate::actions::{self, Count};

#[derive(Template)]
#[template(path = "subscriptions/counts.html")]
struct CountsPage {
    chrome: Chrome,
    counts: Vec<Count>,
    has_mail: bool,
    has_push: bool,
}

/// `GET /bien-tap/nguoi-nhan-tin`.
pub(super) async fn show(
    Caller(ctx): Caller,
    house: House,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let counts = actions::counts(&ctx, &house.office).await?;
    let (has_mail, has_push) = (house.ways.has_mail, house.ways.push.is_some());
    page(&CountsPage { chrome, counts, has_mail, has_push })
}
