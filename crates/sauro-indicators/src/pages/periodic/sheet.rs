//! `/bao-cao-ky/{round}/{unit}`: one report as it is read, and what is done with it.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use chrono::DateTime;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page, words};
use serde::Deserialize;

use super::Source;
use super::shown::{Body, Part, parts, unit_name};
use crate::IndicatorsError;
use crate::actions::periodic::{
    Sheet, hand_back_report, propose_report, publish_report, recall_report, return_report,
    send_report, sheet,
};
use crate::model::periodic::{ReportState, due_words};
use crate::pages::answer::shown;

/// What is done with a report, as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Act {
    viec: String,
    #[serde(rename = "phien-ban")]
    version: i64,
    #[serde(rename = "ly-do")]
    reason: String,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
}

#[derive(Template)]
#[template(path = "periodic/sheet.html")]
struct SheetPage {
    chrome: Chrome,
    home: String,
    round_href: String,
    form: String,
    period: String,
    unit: String,
    due: String,
    status: (&'static str, String),
    /// The version, or 0 of a report that is not begun.
    version: i64,
    is_sealed: bool,
    parts: Vec<Part>,
    /// When, what, and why.
    history: Vec<(String, String, String)>,
    changes: String,
    n_changed: usize,
    acts: Acts,
    act: Act,
    faults: Faults,
    done: &'static str,
    published: String,
}

/// What the caller may do with the report now.
#[derive(Default)]
struct Acts {
    write: bool,
    propose: bool,
    send: bool,
    hand_back: bool,
    recall: bool,
    accept: bool,
    give_back: bool,
    publish: bool,
    merge: bool,
    /// Any of them.
    any: bool,
}

/// `GET /bao-cao-ky/{round}/{unit}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let again = (Act::default(), Faults::none(), done_words(&done.vua));
    draw(&ctx, &db, &directory, &source, (round, &unit), chrome, again).await
}

fn done_words(word: &str) -> &'static str {
    match word {
        "luu" => "Đã lưu báo cáo",
        "trinh" => "Đã trình lãnh đạo, chờ ký gửi",
        "gui" => "Đã ký gửi báo cáo",
        "tra-soan" => "Đã yêu cầu sửa",
        "thu-hoi" => "Đã thu hồi, sửa rồi gửi lại",
        "nhan" => "Đã tiếp nhận báo cáo",
        "tra-lai" => "Đã trả lại kèm lý do",
        "cong-bo" => "Đã công bố báo cáo",
        _ => "",
    }
}

/// `POST /bao-cao-ky/{round}/{unit}`.
pub(super) async fn act(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Extension(source): Extension<Source>,
    Path((round, unit)): Path<(RoundId, String)>,
    chrome: Chrome,
    Form(act): Form<Act>,
) -> Result<Redirect, Failure> {
    match done(&ctx, &db, &directory, (round, &unit), &act).await {
        Ok(()) => Ok(Redirect::to(&format!("/bao-cao-ky/{round}/{unit}?vua={}", act.viec))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = (act, faults, "");
            let key = (round, unit.as_str());
            let drawn = draw(&ctx, &db, &directory, &source, key, chrome, again).await?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

async fn done(
    ctx: &Ctx,
    db: &Db,
    handle: &DirectoryHandle,
    key: (RoundId, &str),
    act: &Act,
) -> Result<(), IndicatorsError> {
    let directory = handle.directory();
    let (version, reason) = (act.version, act.reason.as_str());
    match act.viec.as_str() {
        "trinh" => propose_report(ctx, db, &directory, key, version).await,
        "gui" => send_report(ctx, db, &directory, key, version).await,
        "tra-soan" => hand_back_report(ctx, db, &directory, key, (version, reason)).await,
        "thu-hoi" => recall_report(ctx, db, &directory, key, (version, reason)).await,
        "nhan" => {
            let codes = [key.1.to_owned()];
            let n = crate::actions::periodic::accept_reports(ctx, db, &directory, key.0, &codes);
            n.await.map(drop)
        }
        "tra-lai" => {
            let names = (&*directory, &*handle.calendar());
            return_report(ctx, db, names, key, (version, reason)).await
        }
        "cong-bo" => publish_report(ctx, db, &directory, key, version).await,
        _ => Err(IndicatorsError::NotFound("act on a report")),
    }
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    source: &Source,
    (round, unit): (RoundId, &str),
    chrome: Chrome,
    (act, faults, done): (Act, Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let sheet = sheet(ctx, db, &directory, source.as_ref(), round, unit).await?;
    let steps = sheet.steps.iter().map(|it| {
        let at = DateTime::from_timestamp_micros(it.at).map(words::datetime).unwrap_or_default();
        let who = directory.name(it.agency);
        (at, format!("{}, {who}", it.step.label()), it.reason.clone())
    });
    let due_on = sheet.round.due_of(sheet.unit.level);
    let report = sheet.report.as_ref();
    page(&SheetPage {
        home: format!("/bao-cao-ky/{round}/{unit}"),
        round_href: format!("/bao-cao-ky/{round}"),
        form: sheet.form.design.name.clone(),
        period: sheet.round.period.label(),
        unit: unit_name(&sheet.unit, &directory),
        due: format!("Hạn 17:00 ngày {}, {}", words::date(due_on), due_words(due_on, ctx.today())),
        status: status(&sheet, ctx.now_us()),
        version: report.map_or(0, |it| it.version),
        is_sealed: sheet.is_sealed,
        parts: parts(&sheet, &directory),
        history: steps.collect(),
        changes: changes(&sheet),
        n_changed: sheet.changed_figures().len(),
        acts: acts(ctx, &sheet),
        published: report
            .filter(|it| it.published_at.is_some())
            .map(|it| format!("/ket-qua/bao-cao/{}", it.id))
            .unwrap_or_default(),
        act,
        faults,
        done,
        chrome,
    })
}

fn status(sheet: &Sheet, now_us: i64) -> (&'static str, String) {
    let report = sheet.report.as_ref();
    let standing = sheet.round.standing(sheet.unit.level, report, now_us);
    match report.map(|it| it.state) {
        Some(ReportState::Drafting) => ("run", "Đang soạn".to_owned()),
        Some(ReportState::Proposed) => ("run", "Chờ lãnh đạo ký gửi".to_owned()),
        Some(ReportState::Accepted) if sheet.receiver.is_none() => ("done", "Đã ký".to_owned()),
        _ => (standing.status(), standing.label().to_owned()),
    }
}

/// What changed since the leader last saw it.
fn changes(sheet: &Sheet) -> String {
    match sheet.report.as_ref() {
        Some(it) if it.state == ReportState::Proposed && it.n_changes > 0 => {
            format!("Đã sửa {} lần sau khi trình.", words::number(it.n_changes))
        }
        Some(it) if it.state.is_open() && it.sent_at.is_some() && it.n_changes > 0 => {
            format!("Đã sửa {} lần sau lần gửi trước.", words::number(it.n_changes))
        }
        _ => String::new(),
    }
}

fn acts(ctx: &Ctx, sheet: &Sheet) -> Acts {
    let state = sheet.report.as_ref().map(|it| it.state);
    let is_open = sheet.is_open(ctx.today());
    let has_report = state.is_some();
    let is_last = sheet.receiver.is_none();
    let is_public = sheet.report.as_ref().is_some_and(|it| it.published_at.is_some());
    let mut acts = Acts {
        write: sheet.may.draft && is_open,
        propose: sheet.may.draft
            && !sheet.may.send
            && is_open
            && matches!(state, Some(ReportState::Drafting | ReportState::Returned)),
        send: sheet.may.send && is_open && has_report,
        hand_back: sheet.may.send && state == Some(ReportState::Proposed),
        recall: sheet.may.send
            && !is_public
            && (state == Some(ReportState::Sent)
                || (is_last && state == Some(ReportState::Accepted))),
        accept: sheet.may.receive && state == Some(ReportState::Sent),
        give_back: sheet.may.receive && state.is_some_and(ReportState::is_with_receiver),
        publish: is_last && sheet.may.send && state == Some(ReportState::Accepted) && !is_public,
        merge: sheet.may.draft && is_open && sheet.n_below > 0,
        any: false,
    };
    acts.any = acts.write
        || acts.propose
        || acts.send
        || acts.recall
        || acts.accept
        || acts.give_back
        || acts.publish;
    acts
}
