//! `/bao-cao-ky`: the reports that the caller's agency owes, and those it awaits.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_kernel::Right;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page, words};

use super::shown::unit_name;
use crate::actions::periodic::{RoundLine, rounds_of};
use crate::model::periodic::{ReportState, Standing, due_words};

/// One report that is owed.
struct Owed {
    form: String,
    period: String,
    unit: String,
    due: String,
    status: (&'static str, &'static str),
    href: String,
    /// The one next step, for whoever may take it.
    next: &'static str,
    is_open: bool,
}

/// One round whose reports come in.
struct Received {
    form: String,
    period: String,
    n: usize,
    of: usize,
    share_bp: i64,
    href: String,
}

#[derive(Template)]
#[template(path = "periodic/home.html")]
struct HomePage {
    chrome: Chrome,
    open: Vec<Owed>,
    past: Vec<Owed>,
    received: Vec<Received>,
    may_manage: bool,
}

/// `GET /bao-cao-ky`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let lines = rounds_of(&ctx, &db, &directory).await?;
    let may_draft = ctx.may(Right::DraftPeriodic, ctx.actor.own());
    let received = lines.iter().filter_map(received).collect();
    let owed = lines.iter().filter_map(|it| {
        let (unit, report, standing) = it.own.as_ref()?;
        let due_on = it.round.due_of(unit.level);
        let is_open = report.as_ref().is_none_or(|it| it.state.is_open());
        let next = match report.as_ref().map(|it| it.state) {
            _ if !may_draft => "Xem",
            None => "Viết báo cáo",
            Some(ReportState::Drafting | ReportState::Returned) => "Viết tiếp",
            Some(ReportState::Proposed) => "Xem để ký",
            Some(_) => "Xem",
        };
        let home = format!("/bao-cao-ky/{}/{}", it.round.id, unit.code);
        let writes = matches!(next, "Viết báo cáo" | "Viết tiếp");
        Some(Owed {
            form: it.form.design.name.clone(),
            period: it.round.period.label(),
            unit: unit_name(unit, &directory),
            due: match is_open {
                true => format!("{}, {}", words::date(due_on), due_words(due_on, ctx.today())),
                false => words::date(due_on),
            },
            status: own_status(*standing, report.as_ref().map(|it| it.state)),
            href: if writes { format!("{home}/soan") } else { home },
            next,
            is_open,
        })
    });
    let (open, past): (Vec<Owed>, Vec<Owed>) = owed.partition(|it| it.is_open);
    let may_manage = ctx.may(Right::ManageForms, ctx.actor.own());
    page(&HomePage { chrome, open, past, received, may_manage })
}

fn received(it: &RoundLine) -> Option<Received> {
    let (n, of) = it.received?;
    let share = i64::try_from(n * 10_000 / of.max(1)).unwrap_or(0);
    Some(Received {
        form: it.form.design.name.clone(),
        period: it.round.period.label(),
        n,
        of,
        share_bp: share,
        href: format!("/bao-cao-ky/{}", it.round.id),
    })
}

/// What the unit itself sees of how it stands.
fn own_status(standing: Standing, state: Option<ReportState>) -> (&'static str, &'static str) {
    match (standing, state) {
        (Standing::Missing, Some(ReportState::Proposed)) => ("over", "Quá hạn, chờ lãnh đạo ký"),
        (_, Some(ReportState::Proposed)) => ("run", "Chờ lãnh đạo ký"),
        (Standing::Missing, Some(_)) => ("over", "Quá hạn, đang soạn"),
        (Standing::Awaited, Some(_)) => ("run", "Đang soạn"),
        _ => (standing.status(), standing.label()),
    }
}
