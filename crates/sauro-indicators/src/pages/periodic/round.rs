//! `/bao-cao-ky/{round}`: who has sent, who is late, who is silent and since when.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use chrono::DateTime;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page, words};
use serde::Deserialize;

use super::heard::HeardView;
use super::shown::unit_name;
use crate::actions::periodic::{
    RoundView, UnitLine, accept_reports, grant_exception, lock_round, provinces_heard, round_view,
};
use crate::model::periodic::Standing;
use crate::model::short_name;
use crate::pages::answer::shown;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// A standing.
    tt: String,
    /// A province whose communes are shown.
    tinh: String,
    vua: String,
    n: usize,
}

/// Another last day, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LockSent {
    khoa: String,
}

/// An exception, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GrantSent {
    #[serde(rename = "don-vi")]
    unit: String,
    #[serde(rename = "den-ngay")]
    until: String,
    #[serde(rename = "ly-do")]
    reason: String,
}

struct Row {
    code: String,
    name: String,
    href: String,
    has_report: bool,
    may_accept: bool,
    status: (&'static str, &'static str),
    /// When it was sent, or since when it is silent.
    when: String,
    /// What to know before accepting, or nothing.
    note: String,
}

/// A standing with how many units it has.
struct Count {
    code: &'static str,
    label: &'static str,
    status: &'static str,
    n: usize,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "periodic/round.html")]
struct RoundPage {
    chrome: Chrome,
    id: RoundId,
    form: String,
    period: String,
    due: String,
    n_in: usize,
    n_all: usize,
    share_bp: i64,
    counts: Vec<Count>,
    rows: Vec<Row>,
    /// Where nothing is heard of: for whoever runs the round.
    heard: Option<HeardView>,
    burden: String,
    own: String,
    merge_href: String,
    may_receive: bool,
    /// Reports that wait to be accepted.
    n_waiting: usize,
    may_manage: bool,
    units: Vec<Choice>,
    lock: LockSent,
    grant: GrantSent,
    asked: Asked,
    faults: Faults,
    done: String,
}

/// `GET /bao-cao-ky/{round}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<RoundId>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    draw(&ctx, &db, &directory, id, chrome, Again { asked, ..Again::default() }).await
}

/// `POST /bao-cao-ky/{round}`: accepts those that are ticked.
pub(super) async fn accept(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<RoundId>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let codes = match sent.iter().any(|it| it.0 == "tat-ca") {
        true => all_waiting(&ctx, &db, &directory, id).await?,
        false => sent.into_iter().filter(|it| it.0 == "don-vi").map(|it| it.1).collect(),
    };
    match accept_reports(&ctx, &db, &directory.directory(), id, &codes).await {
        Ok(n) => Ok(Redirect::to(&format!("/bao-cao-ky/{id}?vua=nhan&n={n}"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = Again { faults, ..Again::default() };
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, id, chrome, again).await?))
        }
    }
}

/// The codes of all units whose reports wait for the caller.
async fn all_waiting(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    id: RoundId,
) -> Result<Vec<String>, Failure> {
    let view = round_view(ctx, db, &directory.directory(), id, None).await?;
    Ok(waiting(&view).map(|it| it.unit.code.clone()).collect())
}

fn waiting(view: &RoundView) -> impl Iterator<Item = &UnitLine> {
    let waits = |it: &&UnitLine| matches!(it.standing, Standing::SentInTime | Standing::SentLate);
    view.units.iter().filter(waits)
}

/// `POST /bao-cao-ky/{round}/khoa`.
pub(super) async fn lock(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<RoundId>,
    chrome: Chrome,
    Form(lock): Form<LockSent>,
) -> Result<Redirect, Failure> {
    match lock_round(&ctx, &db, id, &lock.khoa).await {
        Ok(()) => Ok(Redirect::to(&format!("/bao-cao-ky/{id}?vua=khoa"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = Again { faults, lock: Some(lock), ..Again::default() };
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, id, chrome, again).await?))
        }
    }
}

/// `POST /bao-cao-ky/{round}/gui-muon`.
pub(super) async fn grant(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<RoundId>,
    chrome: Chrome,
    Form(grant): Form<GrantSent>,
) -> Result<Redirect, Failure> {
    let typed = (grant.unit.as_str(), grant.until.as_str(), grant.reason.as_str());
    match grant_exception(&ctx, &db, &directory.directory(), id, typed).await {
        Ok(()) => Ok(Redirect::to(&format!("/bao-cao-ky/{id}?vua=gui-muon"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = Again { faults, grant: Some(grant), ..Again::default() };
            Err(Failure::Unprocessable(draw(&ctx, &db, &directory, id, chrome, again).await?))
        }
    }
}

/// What a form that was refused brings back.
#[derive(Default)]
struct Again {
    asked: Asked,
    faults: Faults,
    lock: Option<LockSent>,
    grant: Option<GrantSent>,
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    id: RoundId,
    chrome: Chrome,
    again: Again,
) -> Result<Html<String>, Failure> {
    let maps = &directory.maps().maps();
    let directory = directory.directory();
    let province = Some(again.asked.tinh.as_str()).filter(|it| !it.is_empty());
    let view = round_view(ctx, db, &directory, id, province).await?;
    let heard = match province {
        None if view.may_manage => provinces_heard(ctx, db, &directory, &view).await?,
        _ => Vec::new(),
    };
    let heard = HeardView::of(id, heard, &view, &directory, maps);
    let n_in = view.units.iter().filter(|it| it.standing.is_in()).count();
    let n_all = view.units.len();
    let chosen = Standing::ALL.into_iter().find(|it| it.code() == again.asked.tt);
    let count = |it: Standing| Count {
        code: it.code(),
        label: it.label(),
        status: it.status(),
        n: view.units.iter().filter(|unit| unit.standing == it).count(),
        is_chosen: chosen == Some(it),
    };
    let mut lines: Vec<&UnitLine> =
        view.units.iter().filter(|it| chosen.is_none_or(|want| it.standing == want)).collect();
    // Of those who are silent, whoever is silent longest comes first; never heard of is longest.
    lines.sort_by_key(|it| {
        let silent = (!it.standing.is_in()).then(|| it.heard_at.unwrap_or(i64::MIN));
        (it.standing, silent)
    });
    let own_name =
        view.own.as_ref().filter(|_| province.is_none()).map(|it| unit_name(it, &directory));
    let own_code = view.own.as_ref().map_or("", |it| &it.code);
    page(&RoundPage {
        id,
        form: view.form.design.name.clone(),
        period: view.round.period.label(),
        due: due(&view),
        n_in,
        n_all,
        share_bp: i64::try_from(n_in * 10_000 / n_all.max(1)).unwrap_or(0),
        counts: Standing::ALL.into_iter().map(count).filter(|it| it.n > 0).collect(),
        rows: lines.into_iter().map(|it| row(it, &view, &directory)).collect(),
        heard,
        burden: burden(&view),
        merge_href: match n_in {
            0 => String::new(),
            _ => format!("/bao-cao-ky/{id}/{own_code}/tong-hop"),
        },
        own: own_name.map(|it| short_name(&it).to_owned()).unwrap_or_default(),
        may_receive: view.may_receive,
        n_waiting: waiting(&view).count(),
        may_manage: view.may_manage,
        units: view
            .units
            .iter()
            .filter(|it| !it.standing.is_in())
            .map(|it| Choice::new(&it.unit.code, unit_name(&it.unit, &directory)))
            .collect(),
        lock: again.lock.unwrap_or(LockSent { khoa: view.round.locks_on.to_string() }),
        grant: again.grant.unwrap_or_default(),
        done: match again.asked.vua.as_str() {
            "nhan" => format!("Đã tiếp nhận {} báo cáo", words::number(again.asked.n)),
            "khoa" => "Đã đổi ngày khóa đợt".to_owned(),
            "gui-muon" => "Đã cho phép gửi muộn".to_owned(),
            _ => String::new(),
        },
        asked: again.asked,
        faults: again.faults,
        chrome,
    })
}

fn due(view: &RoundView) -> String {
    let round = &view.round;
    format!(
        "Số liệu chốt hết ngày {}. Cấp xã gửi trước 17:00 ngày {}, bộ và tỉnh trước 17:00 ngày {}. Khóa hết ngày {}.",
        words::date(round.cut_off_on),
        words::date(round.commune_due_on),
        words::date(round.due_on),
        words::date(round.locks_on)
    )
}

fn row(it: &UnitLine, view: &RoundView, directory: &Directory) -> Row {
    let sent =
        it.report.as_ref().and_then(|it| it.sent_at).and_then(DateTime::from_timestamp_micros);
    let heard = it.heard_at.and_then(DateTime::from_timestamp_micros);
    let when = match (sent, heard) {
        (Some(at), _) => format!("Gửi {}", words::datetime(at)),
        (None, Some(at)) if it.standing == Standing::Missing => {
            format!("Im lặng từ {}, lúc gửi báo cáo gần nhất", words::date(at.date_naive()))
        }
        (None, Some(at)) => format!("Báo cáo gần nhất gửi {}", words::date(at.date_naive())),
        (None, None) if it.standing == Standing::Missing => {
            "Im lặng từ đầu, chưa gửi báo cáo nào của biểu mẫu này".to_owned()
        }
        (None, None) => "Chưa gửi báo cáo nào của biểu mẫu này".to_owned(),
    };
    let mut notes = Vec::new();
    if let Some(exception) = &it.exception {
        notes.push(format!("Được gửi đến hết {}", words::date(exception.until_on)));
    }
    if let Some(report) = it.report.as_ref().filter(|it| it.state.is_with_receiver()) {
        notes.push(format!("soạn {}", minutes(report.spent_s)));
    }
    Row {
        code: it.unit.code.clone(),
        name: unit_name(&it.unit, directory),
        href: format!("/bao-cao-ky/{}/{}", view.round.id, it.unit.code),
        has_report: it.report.is_some(),
        may_accept: view.may_receive
            && matches!(it.standing, Standing::SentInTime | Standing::SentLate),
        status: (it.standing.status(), it.standing.label()),
        when,
        note: notes.join(", "),
    }
}

/// Reporting burden: how long units wrote, and how much of it they typed.
fn burden(view: &RoundView) -> String {
    let sent: Vec<_> = view
        .units
        .iter()
        .filter_map(|it| it.report.as_ref())
        .filter(|it| it.state.is_with_receiver())
        .collect();
    let mut spent: Vec<i64> = sent.iter().map(|it| it.spent_s).collect();
    spent.sort_unstable();
    let Some(median) = spent.get(spent.len() / 2) else { return String::new() };
    let asked: i64 = sent.iter().map(|it| it.n_asked).sum();
    let typed: i64 = sent.iter().map(|it| it.n_typed).sum();
    let share = (asked - typed).max(0) * 10_000 / asked.max(1);
    format!(
        "Gánh nặng báo cáo: một nửa số đơn vị soạn không quá {}; {} số ô không phải nhập tay.",
        minutes(*median),
        words::percent_bp(share)
    )
}

fn minutes(seconds: i64) -> String {
    match seconds {
        ..60 => "dưới 1 phút".to_owned(),
        _ => format!("{} phút", words::number((seconds + 30) / 60)),
    }
}
