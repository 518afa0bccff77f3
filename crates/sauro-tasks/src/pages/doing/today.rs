use askama::Template;
use axum::extract::State;
use axum::response::Html;
use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};

use super::around::Around;
use super::lines::{Block, Line, Lines, count_words};
use crate::actions::{self, Today};
use crate::model::Urgency;

#[derive(Template)]
#[template(path = "doing/today.html")]
struct TodayPage {
    chrome: Chrome,
    day: NaiveDate,
    /// The seat acted from, when the person has several.
    seat: String,
    first: Option<Line>,
    blocks: Vec<Block>,
    /// How many things are to be done now, or empty.
    n_urgent: String,
    /// The sections that are to be done now: heading, how many.
    counts: Vec<(&'static str, String)>,
}

/// `GET /viec`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let today = actions::today(&ctx, &db).await?;
    page(&TodayPage::of(&ctx, &around, chrome, &today))
}

impl TodayPage {
    fn of(ctx: &Ctx, around: &Around, chrome: Chrome, today: &Today) -> Self {
        let lines = Lines { ctx, around };
        let mut blocks: Vec<Block> = today.groups.iter().map(|it| lines.block(it)).collect();
        let seat = chrome.seats().iter().find(|it| it.is_current && chrome.seats().len() > 1);
        Self {
            day: ctx.today(),
            seat: seat.map(|it| it.title.clone()).unwrap_or_default(),
            first: take_first(&mut blocks),
            blocks,
            n_urgent: match today.n_urgent() {
                0 => String::new(),
                n => count_words(n),
            },
            counts: today
                .groups
                .iter()
                .map(|it| (it.section.label(), count_words(it.count)))
                .collect(),
            chrome,
        }
    }
}

/// Takes the most urgent line out of its block, and the block away when nothing is left in it.
fn take_first(blocks: &mut Vec<Block>) -> Option<Line> {
    let at = blocks.iter().position(|it| it.section.urgency() == Urgency::Now)?;
    let block = blocks.get_mut(at)?;
    if block.lines.is_empty() {
        return None;
    }
    let first = block.lines.remove(0);
    if block.lines.is_empty() {
        blocks.remove(at);
    }
    Some(first)
}
