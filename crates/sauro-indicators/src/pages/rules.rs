//! `/chi-so/quy-tac`: the rules between figures, and how a file of them is taken.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::upload;
use crate::IndicatorsError;
use crate::actions::rules::{self, RuleLine};
use crate::model::Severity;

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
    n: usize,
}

/// One rule in words.
struct Row {
    code: String,
    sentence: String,
    /// `[A] ≤ [B]`.
    formula: String,
    status: (&'static str, &'static str),
    levels: String,
    owner: String,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "indicators/rules.html")]
struct RulesPage {
    chrome: Chrome,
    rows: Vec<Row>,
    may_define: bool,
    faults: Faults,
    /// Faults of a file, each with its line and column.
    wrong: Vec<String>,
    pasted: String,
    done: String,
}

/// `GET /chi-so/quy-tac`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let words = match done.vua.as_str() {
        "lap" => "Đã lập quy tắc".to_owned(),
        "luu" => "Đã lưu quy tắc; số đã nhận từ trước giữ nguyên".to_owned(),
        "nap" => format!("Đã nạp {} quy tắc", sauro_ui::words::number(done.n)),
        _ => String::new(),
    };
    let page_of = open(&ctx, &db, &directory.directory(), chrome).await?;
    page(&RulesPage { done: words, ..page_of })
}

/// `POST /chi-so/quy-tac/nap-tep`.
pub(super) async fn take(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    request: Request,
) -> Result<Response, Failure> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let sent = upload::read(request).await;
    let directory = directory.directory();
    let mut answer = open(&ctx, &db, &directory, chrome).await?;
    answer.pasted = sent.one("bang").to_owned();
    if let Some((status, words)) = sent.cut {
        answer.faults.add("tep", words);
        return Ok((status, page(&answer)?).into_response());
    }
    let csv = match &sent.file {
        Some((content, _)) => std::str::from_utf8(content).map(str::to_owned).ok(),
        None => Some(answer.pasted.clone()),
    };
    let Some(csv) = csv.filter(|it| !it.trim().is_empty()) else {
        answer.faults.add("tep", "Chọn tệp CSV mã UTF-8, hoặc dán nội dung vào ô bên dưới.");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&answer)?).into_response());
    };
    match rules::import_rules(&ctx, &db, &directory, &csv).await {
        Ok(n) => Ok(Redirect::to(&format!("/chi-so/quy-tac?vua=nap&n={n}")).into_response()),
        Err(IndicatorsError::Faults(found)) => {
            let words = format!("Tệp có {} chỗ sai, chưa nạp quy tắc nào.", found.len());
            answer.faults.add("cho-sai", words);
            answer.wrong = found.iter().map(sauro_directory::Fault::sentence).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&answer)?).into_response())
        }
        Err(err) => Err(err.into()),
    }
}

async fn open(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    chrome: Chrome,
) -> Result<RulesPage, Failure> {
    let mut lines = rules::rules(ctx, db).await?;
    // Those that nobody looks at come last.
    lines.sort_by_key(|it| !it.rule.is_active);
    Ok(RulesPage {
        chrome,
        rows: lines.into_iter().map(|it| row(it, directory)).collect(),
        may_define: ctx.may(Right::ManageIndicators, ctx.actor.own()),
        faults: Faults::none(),
        wrong: Vec::new(),
        pasted: String::new(),
        done: String::new(),
    })
}

fn row(it: RuleLine, directory: &Directory) -> Row {
    let terms = it.rule.terms;
    let status = match (it.rule.is_active, terms.severity) {
        (false, _) => ("none", "Tạm ngừng"),
        (true, Severity::Block) => ("over", Severity::Block.label()),
        (true, Severity::Warning) => ("soon", Severity::Warning.label()),
    };
    Row {
        formula: terms.written(),
        levels: terms.levels.iter().map(|it| it.label()).collect::<Vec<_>>().join(", "),
        owner: directory.name(it.rule.owner).to_owned(),
        may_change: it.may_change,
        code: it.rule.code,
        sentence: terms.sentence,
        status,
    }
}
