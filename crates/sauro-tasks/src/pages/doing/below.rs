//! What stands below a task: the periods that it comes back in, and how far those it was handed down to are.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, page, words};
use serde::Deserialize;
use uuid::Uuid;

use super::around::Around;
use crate::actions::{self, Periods};
use crate::model::{RollRule, Rollup, Task, period_words};

/// A period as the pages list it.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) words: String,
    pub(super) status: &'static str,
    pub(super) due: String,
}

/// The periods as rows.
pub(super) fn rows(ctx: &Ctx, around: &Around, periods: &Periods) -> Vec<Row> {
    let row = |(task, status): &(Task, crate::model::Status)| Row {
        code: task.code.clone(),
        words: period_words(&task.period),
        status: status.code(),
        due: around.due_words(ctx, task, *status),
    };
    periods.shown.iter().map(row).collect()
}

/// "87/102 đã nghiệm thu (85,3%), quy tắc: ít nhất 90,0% đã nghiệm thu"; empty when nothing was handed
/// down and no rule was stated.
pub(super) fn rollup_words(roll: &Rollup) -> String {
    if roll.total == 0 && roll.rule.is_none() {
        return String::new();
    }
    let share = match roll.share_bp() {
        Some(bp) => format!(" ({})", words::percent_bp(bp)),
        None => String::new(),
    };
    let rule = match roll.rule {
        Some(rule) => format!(", quy tắc: {}", rule_words(rule)),
        None => String::new(),
    };
    format!(
        "{}/{} đã nghiệm thu{share}{rule}",
        words::number(roll.verified),
        words::number(roll.counted())
    )
}

/// The rule, short: "mọi nhiệm vụ", "≥ 90,0%", "≥ 50 nhiệm vụ".
pub(super) fn rule_words(rule: RollRule) -> String {
    match rule {
        RollRule::All => "mọi nhiệm vụ".to_owned(),
        RollRule::Share(bp) => format!("≥ {}", words::percent_bp(bp)),
        RollRule::Count(n) => format!("≥ {} nhiệm vụ", words::number(n)),
    }
}

/// What is lacking before the rule holds, in one sentence; empty when it holds.
pub(super) fn lacking_words(roll: &Rollup) -> String {
    match (roll.lacking(), roll.rule) {
        (0, _) | (_, None) => String::new(),
        (n, Some(_)) => format!(
            "Còn thiếu {} nhiệm vụ cấp dưới được nghiệm thu thì nhiệm vụ này mới nghiệm thu xong được.",
            words::number(n)
        ),
    }
}

/// Where an older page of periods starts.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    truoc: String,
}

#[derive(Template)]
#[template(path = "doing/periods_page.html")]
struct PeriodsPage {
    chrome: Chrome,
    task: Task,
    periods: Vec<Row>,
    is_first: bool,
    next: String,
}

/// `GET /nhiem-vu/{code}/ky?truoc=…`: every period of a recurring task.
pub(super) async fn periods(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    Query(before): Query<Before>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let place = before.truoc.split_once('_').and_then(|(day, id)| {
        Some((day.parse::<chrono::NaiveDate>().ok()?, id.parse::<Uuid>().ok()?))
    });
    let (task, periods) = actions::periods(&ctx, &db, &code, place).await?;
    let next = periods
        .next
        .map(|(day, id)| format!("/nhiem-vu/{code}/ky?truoc={day}_{id}"))
        .unwrap_or_default();
    page(&PeriodsPage {
        chrome,
        periods: rows(&ctx, &around, &periods),
        is_first: place.is_none(),
        next,
        task,
    })
}
