//! `/chi-so/{code}/chi-tieu`: set a target, propose another one, decide on a proposal.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Over, Right, TargetId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page, words};
use serde::Deserialize;

use super::answer::shown;
use super::rows::{steps, target_words, unit_name};
use crate::actions::{self, TargetFields};
use crate::model::{Comparison, Indicator, Target};

/// A target as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "viec")]
    act: String,
    #[serde(rename = "don-vi")]
    unit: String,
    #[serde(rename = "han")]
    period: String,
    #[serde(rename = "phep-so")]
    comparison: String,
    #[serde(rename = "chi-tieu")]
    value: String,
    #[serde(rename = "so-goc")]
    baseline: String,
    #[serde(rename = "ngay-goc")]
    baseline_on: String,
    #[serde(rename = "ly-do")]
    reason: String,
}

/// A decision as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Decision {
    #[serde(rename = "de-nghi")]
    proposal: String,
    duyet: String,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
}

/// One target in words.
struct Line {
    id: TargetId,
    unit: String,
    words: String,
    baseline: String,
    reason: String,
    /// The caller proposed it, so somebody else decides.
    is_own: bool,
}

#[derive(Template)]
#[template(path = "indicators/target.html")]
struct TargetPage {
    chrome: Chrome,
    indicator: Indicator,
    in_force: Vec<Line>,
    proposed: Vec<Line>,
    acts: Vec<Choice>,
    comparisons: Vec<Choice>,
    sent: Sent,
    faults: Faults,
    done: &'static str,
}

impl TargetPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        steps(&self.indicator.code)
    }
}

/// `GET /chi-so/{code}/chi-tieu`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let done = match done.vua.as_str() {
        "giao" => "Đã giao chỉ tiêu",
        "doi" => "Đã gửi đề nghị, chờ người thứ hai duyệt",
        "duyet" => "Đã ghi quyết định",
        _ => "",
    };
    let sent = Sent { act: SET.to_owned(), unit: "VN".to_owned(), ..Sent::default() };
    draw(&ctx, &db, &directory, &code, chrome, (sent, Faults::none(), done)).await
}

/// A first target.
const SET: &str = "giao";
/// Another one in the place of one in force.
const REBASE: &str = "doi";

/// `POST /chi-so/{code}/chi-tieu`.
pub(super) async fn send(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    allowed(&ctx, &actions::indicator_by_code(&db, &code).await?)?;
    let names = directory.directory();
    let fields = TargetFields {
        unit: sent.unit.clone(),
        period: sent.period.clone(),
        comparison: sent.comparison.clone(),
        value: sent.value.clone(),
        baseline: sent.baseline.clone(),
        baseline_on: sent.baseline_on.clone(),
        reason: sent.reason.clone(),
    };
    let outcome = if sent.act == REBASE {
        actions::propose_rebase(&ctx, &db, &names, &code, &fields).await.map(|_| REBASE)
    } else {
        actions::set_target(&ctx, &db, &names, &code, &fields).await.map(|_| SET)
    };
    match outcome {
        Ok(act) => Ok(Redirect::to(&format!("/chi-so/{code}/chi-tieu?vua={act}"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = (sent, faults, "");
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, &code, chrome, again).await?))
        }
    }
}

/// `POST /chi-so/{code}/chi-tieu/duyet`.
pub(super) async fn decide(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(decision): Form<Decision>,
) -> Result<Redirect, Failure> {
    allowed(&ctx, &actions::indicator_by_code(&db, &code).await?)?;
    let id: TargetId = decision.proposal.parse().map_err(|_| Failure::NotFound)?;
    match actions::decide_rebase(&ctx, &db, &code, id, decision.duyet == "dong-y").await {
        Ok(()) => Ok(Redirect::to(&format!("/chi-so/{code}/chi-tieu?vua=duyet"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = (Sent { act: SET.to_owned(), ..Sent::default() }, faults, "");
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, &code, chrome, again).await?))
        }
    }
}

/// Targets are the business of the agency that answers for the indicator; for others the page is not there.
fn allowed(ctx: &Ctx, indicator: &Indicator) -> Result<(), Failure> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let owner = Over { agency: indicator.owner, path: &indicator.owner_path };
    if ctx.may(Right::ManageIndicators, owner) { Ok(()) } else { Err(Failure::NotFound) }
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    code: &str,
    chrome: Chrome,
    (sent, faults, done): (Sent, Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let look = actions::show(ctx, db, code).await?;
    let indicator = look.overview.indicator;
    allowed(ctx, &indicator)?;
    let def = &indicator.definition;
    let line = |it: &Target| Line {
        id: it.id,
        unit: unit_name(&it.unit, &directory),
        words: target_words(it, def),
        baseline: it.baseline.map_or_else(
            || "không có số gốc".to_owned(),
            |(value, on)| format!("số gốc {} ngày {}", def.written(value), words::date(on)),
        ),
        reason: it.reason.clone(),
        is_own: it.set_by == ctx.actor.account,
    };
    let comparisons = Comparison::ALL.into_iter().map(|it| Choice::new(it.code(), it.label()));
    page(&TargetPage {
        in_force: look.targets.iter().map(line).collect(),
        proposed: look.proposed.iter().map(line).collect(),
        acts: vec![
            Choice::new(SET, "Giao chỉ tiêu mới, số gốc được chốt"),
            Choice::new(REBASE, "Đề nghị đổi chỉ tiêu hoặc số gốc đang có, người thứ hai duyệt"),
        ],
        comparisons: comparisons.collect(),
        chrome,
        indicator,
        sent,
        faults,
        done,
    })
}
