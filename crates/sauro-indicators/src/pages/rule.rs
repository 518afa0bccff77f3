//! `/chi-so/quy-tac/moi`, `/chi-so/quy-tac/{code}`: one rule between figures.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_kernel::Right;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};

use super::answer::shown;
use crate::actions::rules::{self, RuleFields};
use crate::model::{Comparison, Severity, UnitLevel};

#[derive(Template)]
#[template(path = "indicators/rule.html")]
struct RulePage {
    chrome: Chrome,
    /// The rule; none of a new one.
    code: String,
    version: String,
    fields: RuleFields,
    comparisons: Vec<Choice>,
    severities: Vec<Choice>,
    levels: Vec<(Choice, bool)>,
    faults: Faults,
}

impl RulePage {
    /// The name of this page in the way that leads to it.
    fn here(&self) -> &str {
        if self.code.is_empty() { "Lập quy tắc" } else { &self.code }
    }
}

/// A form as sent: boxes of one name may come several times.
type Sent = Vec<(String, String)>;

/// `GET /chi-so/quy-tac/moi`.
pub(super) async fn new(Caller(ctx): Caller, chrome: Chrome) -> Result<Html<String>, Failure> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let fields = RuleFields {
        comparison: Comparison::AtMost.code().to_owned(),
        severity: Severity::Warning.code().to_owned(),
        is_active: true,
        ..RuleFields::default()
    };
    draw(chrome, (String::new(), String::new()), fields, Faults::none())
}

/// `POST /chi-so/quy-tac/moi`.
pub(super) async fn define(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let fields = fields(&sent);
    match rules::define_rule(&ctx, &db, &fields).await {
        Ok(_) => Ok(Redirect::to("/chi-so/quy-tac?vua=lap")),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let key = (String::new(), String::new());
            Err(Failure::Unprocessable(draw(chrome, key, fields, faults)?))
        }
    }
}

/// `GET /chi-so/quy-tac/{code}`.
pub(super) async fn edit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let rule = rules::rule_by_code(&ctx, &db, &code).await?;
    let fields = RuleFields::of(&rule);
    draw(chrome, (code, rule.version.to_string()), fields, Faults::none())
}

/// `POST /chi-so/quy-tac/{code}`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    rules::rule_by_code(&ctx, &db, &code).await?;
    let fields = fields(&sent);
    let version = one(&sent, "phien-ban");
    match rules::change_rule(&ctx, &db, &code, version.parse().unwrap_or(0), &fields).await {
        Ok(()) => Ok(Redirect::to("/chi-so/quy-tac?vua=luu")),
        Err(err) => {
            let (faults, _) = shown(err)?;
            Err(Failure::Unprocessable(draw(chrome, (code, version), fields, faults)?))
        }
    }
}

fn one(sent: &Sent, name: &str) -> String {
    sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
}

fn fields(sent: &Sent) -> RuleFields {
    RuleFields {
        code: one(sent, "ma"),
        sentence: one(sent, "cau"),
        left: one(sent, "ve-trai"),
        comparison: one(sent, "phep-so"),
        right: one(sent, "ve-phai"),
        severity: one(sent, "muc"),
        levels: sent.iter().filter(|it| it.0 == "cap").map(|it| it.1.clone()).collect(),
        is_active: !one(sent, "dung").is_empty(),
    }
}

fn draw(
    chrome: Chrome,
    (code, version): (String, String),
    fields: RuleFields,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let sign = |it: Comparison| Choice::new(it.code(), format!("{} {}", it.sign(), it.label()));
    let level = |it: UnitLevel| {
        let is_on = fields.levels.iter().any(|code| code == it.code());
        (Choice::new(it.code(), it.label()), is_on)
    };
    page(&RulePage {
        comparisons: Comparison::ALL.into_iter().map(sign).collect(),
        severities: Severity::ALL
            .into_iter()
            .map(|it| Choice::new(it.code(), it.label()))
            .collect(),
        levels: UnitLevel::ALL.into_iter().map(level).collect(),
        chrome,
        code,
        version,
        fields,
        faults,
    })
}
