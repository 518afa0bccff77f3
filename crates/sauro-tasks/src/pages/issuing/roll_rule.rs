//! The rule by which a task follows those handed down from it.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::fields::{Fields, shown};
use crate::actions::{self, TaskView};
use crate::model::{RollRule, Task};
use crate::{Fault, TasksError};

/// The fields of a rule as a form shows them.
#[derive(Default)]
pub(super) struct RuleForm {
    pub(super) kind: String,
    pub(super) share: String,
    pub(super) count: String,
}

impl RuleForm {
    /// The form of a stored rule.
    pub(super) fn of(rule: Option<RollRule>) -> Self {
        let kind = rule.map_or("", |it| it.code().0).to_owned();
        match rule {
            Some(RollRule::Share(bp)) => Self { kind, share: percent(bp), count: String::new() },
            Some(RollRule::Count(n)) => Self { kind, share: String::new(), count: n.to_string() },
            _ => Self { kind, ..Self::default() },
        }
    }

    /// The form as sent.
    pub(super) fn sent(fields: &Fields) -> Self {
        let text = |name: &str| fields.one(name).chars().take(20).collect();
        Self { kind: text("quy-tac"), share: text("ty-le"), count: text("so-luong") }
    }

    /// The rules to choose from.
    pub(super) fn kinds(&self) -> Vec<Choice> {
        vec![
            Choice::new("", "Không đặt: chỉ xem các sản phẩm của chính nhiệm vụ này"),
            Choice::new("all", "Mọi nhiệm vụ giao xuống đã nghiệm thu"),
            Choice::new("share", "Đạt tỷ lệ ghi dưới đây"),
            Choice::new("count", "Đạt số lượng ghi dưới đây"),
        ]
    }
}

/// `85` or `85,5`.
fn percent(bp: i64) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole},{rest:02}").trim_end_matches('0').to_owned(),
    }
}

/// The rule that `fields` say; none when none is chosen.
pub(super) fn rule_of(fields: &Fields, faults: &mut Vec<Fault>) -> Option<RollRule> {
    match fields.one("quy-tac") {
        "all" => Some(RollRule::All),
        "share" => {
            let text = fields.one("ty-le").trim_end_matches('%').trim().replace(',', ".");
            let bp = text.parse::<f64>().ok().filter(|it| *it > 0.0 && *it <= 100.0);
            let rule = bp.and_then(|it| RollRule::of_code("share", (it * 100.0).round() as i64));
            if rule.is_none() {
                let sentence = "Nhập tỷ lệ từ 1 đến 100, ví dụ 90.";
                faults.push(Fault::new("ty-le", sentence));
            }
            rule
        }
        "count" => {
            let text = fields.one("so-luong").replace('.', "");
            let n = text.parse::<i64>().ok().filter(|it| (1..=20_000).contains(it));
            let rule = n.and_then(|it| RollRule::of_code("count", it));
            if rule.is_none() {
                let sentence = "Nhập số nhiệm vụ bằng chữ số, ít nhất là 1.";
                faults.push(Fault::new("so-luong", sentence));
            }
            rule
        }
        "" => None,
        _ => {
            faults.push(Fault::new("quy-tac", "Chọn một quy tắc trong danh sách."));
            None
        }
    }
}

/// `GET /nhiem-vu/{code}/quy-tac`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = seen(&ctx, &db, &code).await?;
    let rule = RuleForm::of(view.rollup.rule);
    page(&RulePage { chrome, task: view.task, rule, faults: Faults::none() })
}

/// `POST /nhiem-vu/{code}/quy-tac`.
pub(super) async fn set(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let view = seen(&ctx, &db, &code).await?;
    let mut faults = Vec::new();
    let rule = rule_of(&fields, &mut faults);
    if faults.is_empty() {
        match actions::set_roll_rule(&ctx, &db, view.task.id, rule).await {
            Ok(()) => return Ok(Redirect::to(&format!("/nhiem-vu/{code}?vua=quy-tac"))),
            Err(TasksError::Invalid(found)) => faults = found,
            Err(err) => return Err(err.into()),
        }
    }
    let rule = RuleForm::sent(&fields);
    Err(Failure::Unprocessable(page(&RulePage {
        chrome,
        task: view.task,
        rule,
        faults: shown(faults),
    })?))
}

/// The task, when the caller is one of those who may state its rule.
async fn seen(ctx: &Ctx, db: &Db, code: &str) -> Result<TaskView, Failure> {
    let view = actions::task_view(ctx, db, code).await?;
    if view.powers.amends || view.powers.hands_down { Ok(view) } else { Err(Failure::Forbidden) }
}

#[derive(Template)]
#[template(path = "issuing/roll_rule.html")]
struct RulePage {
    chrome: Chrome,
    task: Task,
    rule: RuleForm,
    faults: Faults,
}
