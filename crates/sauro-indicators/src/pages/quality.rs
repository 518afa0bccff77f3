//! The five points about the quality of an indicator: as readers see them, and the form of its owner at
//! `/chi-so/{code}/chat-luong`.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, PastDay, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page, words};
use serde::Deserialize;

use super::answer::shown;
use super::rows::steps;
use crate::actions;
use crate::model::{Indicator, Point, Quality, Statement};

/// The five points as everybody sees them, those that are lacking among them.
pub(super) struct QualityView {
    /// Name of each point, and what is said or nothing.
    pub(super) points: Vec<(&'static str, String)>,
    /// How many are said.
    pub(super) n_said: usize,
    /// Which version, by whom and when; nothing where nobody said anything.
    pub(super) by: String,
}

impl QualityView {
    /// The newest statement about `indicator`; that of the end of `day` when one is named.
    pub(super) async fn read(
        db: &Db,
        indicator: &Indicator,
        directory: &Directory,
        day: Option<PastDay>,
    ) -> Result<Self, Failure> {
        let all = actions::statements(db, indicator).await?;
        let then = all.iter().find(|it| day.is_none_or(|day| it.at <= day.last_us()));
        Ok(Self::of(then, directory))
    }

    fn of(it: Option<&Statement>, directory: &Directory) -> Self {
        let quality = it.map(|it| it.quality.clone()).unwrap_or_default();
        Self {
            points: Point::ALL.map(|it| (it.label(), quality.of(it).to_owned())).into(),
            n_said: quality.n_said(),
            by: it.map(|it| version_words(it, directory)).unwrap_or_default(),
        }
    }
}

/// `Phiên bản 2, Bộ Khoa học và Công nghệ, 17:00 20/11/2026`.
fn version_words(it: &Statement, directory: &Directory) -> String {
    let by = directory.agency(it.agency).map_or("nạp từ tệp", |it| it.name.as_str());
    format!("Phiên bản {}, {by}, {}", it.version, words::datetime(it.at))
}

/// A statement as typed.
type Sent = Vec<(String, String)>;

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: String,
}

/// One field of the form.
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "indicators/quality_form.html")]
struct QualityPage {
    chrome: Chrome,
    indicator: Indicator,
    fields: Vec<Field>,
    version: String,
    n_said: usize,
    /// Earlier versions: which, by whom and when, and what they said.
    history: Vec<(String, QualityView)>,
    faults: Faults,
    done: bool,
}

impl QualityPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        steps(&self.indicator.code)
    }
}

/// `GET /chi-so/{code}/chat-luong`.
pub(super) async fn form(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let indicator = own(&ctx, &db, &code).await?;
    let is_done = done.vua == "luu";
    draw(&db, &directory, chrome, indicator, (None, Faults::none(), is_done)).await
}

/// `POST /chi-so/{code}/chat-luong`.
pub(super) async fn send(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    let indicator = own(&ctx, &db, &code).await?;
    let one =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let said = Quality::from_points(|point| one(point.field()));
    let version = one("phien-ban");
    let number = version.parse().unwrap_or(-1);
    match actions::state_quality(&ctx, &db, &code, number, &said).await {
        Ok(()) => Ok(Redirect::to(&format!("/chi-so/{code}/chat-luong?vua=luu"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = (Some((said, version)), faults, false);
            let drawn = draw(&db, &directory, chrome, indicator, again).await?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

/// The indicator, for whoever answers for it; for others the page is not there.
async fn own(ctx: &Ctx, db: &Db, code: &str) -> Result<Indicator, Failure> {
    ctx.require(Right::ManageIndicators, ctx.actor.own())?;
    let indicator = actions::indicator_by_code(db, code).await?;
    if actions::may_state(ctx, &indicator).is_ok() { Ok(indicator) } else { Err(Failure::NotFound) }
}

async fn draw(
    db: &Db,
    directory: &DirectoryHandle,
    chrome: Chrome,
    indicator: Indicator,
    (typed, faults, done): (Option<(Quality, String)>, Faults, bool),
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let all = actions::statements(db, &indicator).await?;
    let newest = all.first();
    let quality = newest.map(|it| it.quality.clone()).unwrap_or_default();
    let n_said = quality.n_said();
    let version = newest.map_or(0, |it| it.version).to_string();
    let (quality, version) = typed.unwrap_or((quality, version));
    let field = |it: Point| Field {
        name: it.field(),
        label: it.label(),
        hint: it.hint(),
        value: quality.of(it).to_owned(),
    };
    let earlier = |it: &Statement| {
        let view = QualityView::of(Some(it), &directory);
        (view.by.clone(), view)
    };
    page(&QualityPage {
        fields: Point::ALL.map(field).into(),
        history: all.iter().skip(1).map(earlier).collect(),
        chrome,
        indicator,
        version,
        n_said,
        faults,
        done,
    })
}
