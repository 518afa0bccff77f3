//! `/xep-hang`: the rankings there are, the methods of the own agency, and a new one.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::answer::shown;
use crate::actions::{self, Listed, MethodView};
use crate::model::AppealState;

/// What is typed for a new method.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    #[serde(rename = "ten")]
    name: String,
    #[serde(rename = "doi-tuong")]
    roster: String,
}

#[derive(Template)]
#[template(path = "scores/home.html")]
struct HomePage {
    chrome: Chrome,
    faults: Faults,
    rankings: Vec<Row>,
    methods: Vec<MethodRow>,
    rosters: Vec<Choice>,
    sent: Fields,
    n_appeals: usize,
    n_overdue: usize,
}

/// A ranking in a list.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) status: (&'static str, &'static str),
}

struct MethodRow {
    href: String,
    name: String,
    note: String,
    status: (&'static str, &'static str),
}

impl Row {
    /// The line of `it`, whose page lies below `at`.
    pub(super) fn of(it: &Listed, directory: &Directory, at: &str) -> Self {
        Self {
            href: format!("{at}/{}", it.ranking.id),
            name: format!("{}, {}", it.version.design.name, it.ranking.period.label()),
            note: format!(
                "{}, do {} chấm",
                it.version.design.roster.label(directory),
                directory.name(it.ranking.agency)
            ),
            status: it.ranking.status(),
        }
    }
}

/// `GET /xep-hang`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    draw((&ctx, &db, &directory.directory()), chrome, Fields::default(), Faults::none()).await
}

/// `POST /xep-hang`.
pub(super) async fn make(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    Form(sent): Form<Fields>,
) -> Result<Response, Failure> {
    let directory = directory.directory();
    let typed = (sent.name.as_str(), sent.roster.as_str());
    match actions::make_method(&ctx, &db, &directory, typed).await {
        Ok(made) => {
            Ok(Redirect::to(&format!("/xep-hang/cach-cham/{}", made.method)).into_response())
        }
        Err(err) => {
            let faults = shown(err)?;
            let html = draw((&ctx, &db, &directory), chrome, sent, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn draw(
    (ctx, db, directory): (&Ctx, &Db, &Directory),
    chrome: Chrome,
    sent: Fields,
    faults: Faults,
) -> Result<Html<String>, Failure> {
    let rankings = actions::rankings(ctx, db).await?;
    let methods = actions::methods(ctx, db).await?;
    let appeals = actions::appeals(ctx, db).await?;
    let open = appeals.own.iter().filter(|it| it.state == AppealState::Open).count();
    let today = ctx.today();
    let rosters = actions::rosters(ctx, directory);
    page(&HomePage {
        chrome,
        faults,
        rankings: rankings.iter().map(|it| Row::of(it, directory, "/xep-hang/ky")).collect(),
        methods: methods.iter().filter_map(|it| method_row(it, directory)).collect(),
        rosters: rosters.iter().map(|it| Choice::new(it.code(), it.label(directory))).collect(),
        sent,
        n_appeals: appeals.to_answer.len() + open,
        n_overdue: appeals.to_answer.iter().filter(|it| it.is_overdue(today)).count(),
    })
}

fn method_row(it: &MethodView, directory: &Directory) -> Option<MethodRow> {
    let newest = it.newest()?;
    Some(MethodRow {
        href: format!("/xep-hang/cach-cham/{}", it.method.id),
        name: newest.design.name.clone(),
        note: format!(
            "{}, bản {}, áp dụng từ {}",
            it.method.roster.label(directory),
            newest.n,
            newest.from.label().to_lowercase()
        ),
        status: (newest.state.status(), newest.state.label()),
    })
}
