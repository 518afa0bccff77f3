//! One programme: its headline, its tasks, and its ways.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_kernel::{AgencyPath, Ctx, Over, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, Headline, filters, page};
use serde::Deserialize;

use super::draft_form::{label, offered};
use super::fields::{Fields, agencies, shown};
use crate::actions::{self, TaskFilter};
use crate::jobs::LiveBoard;
use crate::model::{Agencies, Audience, Moment, Programme, ProgrammeSettings, name_of};
use crate::pages::Catalogue;
use crate::pages::headline::headline;
use crate::{Fault, TasksError};

/// Tasks shown on the page.
const SHOWN: u16 = 20;

/// What the caller has just done.
#[derive(Deserialize)]
pub(super) struct Just {
    #[serde(default)]
    vua: String,
}

/// A task of the programme.
struct Row {
    code: String,
    work: String,
    lead: String,
    due_on: chrono::NaiveDate,
    status: &'static str,
    words: &'static str,
}

#[derive(Template)]
#[template(path = "issuing/programme.html")]
struct ProgrammePage {
    chrome: Chrome,
    it: Programme,
    said: &'static str,
    owner: String,
    /// Whose tasks the headline counts.
    whose: String,
    headline: Option<Headline>,
    n_recurring: i64,
    rows: Vec<Row>,
    has_more: bool,
    ways: Vec<(&'static str, String)>,
    may_change: bool,
    may_prepare: bool,
}

/// `GET /chuong-trinh/{code}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    board: Option<Extension<LiveBoard>>,
    Path(code): Path<String>,
    Query(just): Query<Just>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = actions::programme_by_code(&ctx, &db, &code).await?;
    let filter =
        TaskFilter { programme: Some(it.id), is_unfinished: true, ..TaskFilter::default() };
    let found = actions::task_part(&ctx, &db, &filter, None, SHOWN).await?;
    // Of recurring work the periods are shown.
    let dated = found.tasks.iter().filter(|(task, _)| task.cycle().is_none());
    let rows = dated.map(|(task, status)| Row {
        code: task.code.clone(),
        work: task.work.clone(),
        lead: name_of(&*directory, task.lead).to_owned(),
        due_on: task.due_on,
        status: status.code(),
        words: status.label(),
    });
    let (path, whose) = place(&ctx, &it);
    let counts = match board {
        Some(Extension(board)) => {
            let (audience, moment) = (audience(&ctx, &it), Moment::of(ctx.clock.now()));
            Some(board.counts(audience, Some(it.id), path.as_str(), moment).await)
        }
        None => None,
    };
    let own = Over { agency: it.owner, path: &it.owner_path };
    page(&ProgrammePage {
        said: match just.vua.as_str() {
            "sua" => "Đã lưu chương trình.",
            "cach-lam" => "Đã lưu cách làm. Nhiệm vụ đã giao không đổi.",
            _ => "",
        },
        owner: name_of(&*directory, it.owner).to_owned(),
        whose,
        headline: counts.as_ref().filter(|it| it.dated > 0).map(headline),
        n_recurring: counts.map_or(0, |it| it.recurring),
        rows: rows.collect(),
        has_more: found.next.is_some(),
        ways: ways(&*directory, &it.settings),
        may_change: ctx.actor.agency == it.owner && ctx.may(Right::ManageProgrammes, own),
        may_prepare: ctx.may(Right::PrepareTasks, ctx.actor.own()),
        it,
        chrome,
    })
}

/// Those who may read below the owner count all that they oversee; everybody else what is public.
fn is_inside(ctx: &Ctx, it: &Programme) -> bool {
    let below = sauro_kernel::may(ctx.actor.role, Right::ReadTasks, sauro_kernel::Relation::Below);
    below && (ctx.actor.agency == it.owner || ctx.actor.scope.covers(&it.owner_path))
}

fn audience(ctx: &Ctx, it: &Programme) -> Audience {
    if is_inside(ctx, it) { Audience::Everything } else { Audience::Public }
}

fn place(ctx: &Ctx, it: &Programme) -> (AgencyPath, String) {
    if is_inside(ctx, it) {
        let words = "Mọi nhiệm vụ của chương trình trong phạm vi của đồng chí".to_owned();
        return (ctx.actor.scope.clone(), words);
    }
    (AgencyPath::nation(), "Nhiệm vụ công khai của chương trình".to_owned())
}

fn ways(directory: &dyn Agencies, it: &ProgrammeSettings) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if let Some(authority) = it.authority {
        let who = match it.verifier_role() {
            Some(role) => {
                format!("{}, {}", name_of(directory, authority), role.label().to_lowercase())
            }
            None => name_of(directory, authority).to_owned(),
        };
        all.push(("Nghiệm thu", who));
    }
    if it.lead_days > 0 {
        let words = format!("trước hạn của nhiệm vụ gốc {} ngày làm việc", it.lead_days);
        all.push(("Hạn nội bộ khi giao xuống", words));
    }
    if !it.accountable.is_empty() {
        all.push(("Chịu trách nhiệm", it.accountable.clone()));
    }
    if !it.deliverables.is_empty() {
        all.push(("Sản phẩm mẫu", it.deliverables.join("; ")));
    }
    all
}

#[derive(Template)]
#[template(path = "issuing/programme_ways.html")]
struct WaysPage {
    chrome: Chrome,
    it: Programme,
    is_new: bool,
    authority: String,
    role: String,
    lead_days: String,
    accountable: String,
    products: String,
    version: i64,
    roles: Vec<Choice>,
    names: Vec<String>,
    faults: Faults,
}

/// `GET /chuong-trinh/{code}/cach-lam`.
pub(super) async fn ways_form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(code): Path<String>,
    Query(just): Query<Just>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = actions::own_programme(&ctx, &db, &code).await?;
    let ways = &it.settings;
    page(&WaysPage {
        is_new: just.vua == "mo",
        authority: ways.authority.map(|id| label(&*directory, id)).unwrap_or_default(),
        role: ways.verifier_role.clone(),
        lead_days: ways.lead_days.to_string(),
        accountable: ways.accountable.clone(),
        products: ways.deliverables.join("\n"),
        version: it.version,
        roles: roles(),
        names: offered(&*directory, &ctx.actor.agency_path),
        faults: Faults::none(),
        chrome,
        it,
    })
}

/// `POST /chuong-trinh/{code}/cach-lam`.
pub(super) async fn set_ways(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let fields = Fields(sent);
    let it = actions::own_programme(&ctx, &db, &code).await?;
    let mut faults = Vec::new();
    let lead_days = match fields.one("truoc-han") {
        "" => Some(0),
        text => text.parse().ok(),
    };
    if lead_days.is_none() {
        faults.push(Fault::new("truoc-han", "Nhập số ngày làm việc bằng chữ số, ví dụ 5."));
    }
    let settings = ProgrammeSettings {
        authority: agencies(&fields, "tham-quyen", &*directory, &mut faults).first().copied(),
        verifier_role: fields.one("vai-tro").to_owned(),
        lead_days: lead_days.unwrap_or(0),
        accountable: fields.one("trach-nhiem").to_owned(),
        deliverables: fields.lines("san-pham"),
    };
    let mut version: i64 = fields.one("phien-ban").parse().unwrap_or(0);
    if faults.is_empty() {
        match actions::set_programme_ways(&ctx, &db, &code, version, settings).await {
            Ok(()) => return Ok(Redirect::to(&format!("/chuong-trinh/{code}?vua=cach-lam"))),
            Err(TasksError::Invalid(found)) => faults = found,
            Err(TasksError::Stale) => {
                let sentence = "Người khác vừa sửa chương trình này. Xem lại rồi lưu lần nữa để ghi bản của đồng chí.";
                faults.push(Fault::new("tham-quyen", sentence));
                version = it.version;
            }
            Err(err) => return Err(err.into()),
        }
    }
    Err(Failure::Unprocessable(page(&WaysPage {
        is_new: false,
        authority: fields.one("tham-quyen").to_owned(),
        role: fields.one("vai-tro").to_owned(),
        lead_days: fields.one("truoc-han").to_owned(),
        accountable: fields.one("trach-nhiem").to_owned(),
        products: fields.lines("san-pham").join("\n"),
        version,
        roles: roles(),
        names: offered(&*directory, &ctx.actor.agency_path),
        faults: shown(faults),
        chrome,
        it,
    })?))
}

fn roles() -> Vec<Choice> {
    let role = |role: sauro_kernel::Role| Choice::new(role.code(), role.label());
    ProgrammeSettings::ROLES.into_iter().map(role).collect()
}
