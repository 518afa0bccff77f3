use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_kernel::Right;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::fields::shown;
use crate::TasksError;
use crate::actions::{self, ProgrammeFields};
use crate::model::{Programme, name_of};
use crate::pages::Catalogue;

/// Programmes on one page.
const PAGE: u16 = 50;

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    sau: String,
}

/// `GET /chuong-trinh`.
pub(super) async fn list(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Catalogue(directory): Catalogue,
    Query(after): Query<After>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let mut programmes = actions::programmes(&ctx, &db, &after.sau, PAGE + 1).await?;
    let has_more = programmes.len() > usize::from(PAGE);
    programmes.truncate(usize::from(PAGE));
    let next = match programmes.last() {
        Some(last) if has_more => format!("/chuong-trinh?sau={}", last.code),
        _ => String::new(),
    };
    let rows = programmes
        .into_iter()
        .map(|it| Row {
            owner: name_of(&*directory, it.owner).to_owned(),
            may_change: it.owner == ctx.actor.agency
                && ctx.may(Right::ManageProgrammes, ctx.actor.own()),
            it,
        })
        .collect();
    let may_open = ctx.may(Right::ManageProgrammes, ctx.actor.own());
    page(&ListPage { chrome, rows, next, is_first: after.sau.is_empty(), may_open })
}

/// `GET /chuong-trinh/moi`.
pub(super) async fn new(Caller(ctx): Caller, chrome: Chrome) -> Result<Html<String>, Failure> {
    ctx.require(Right::ManageProgrammes, ctx.actor.own())?;
    page(&FormPage {
        chrome,
        form: Sent { cong_khai: "1".to_owned(), ..Sent::default() },
        code: None,
        faults: Faults::none(),
    })
}

/// `POST /chuong-trinh/moi`.
pub(super) async fn open(
    Caller(ctx): Caller,
    State(db): State<Db>,
    chrome: Chrome,
    Form(form): Form<Sent>,
) -> Result<Redirect, Failure> {
    match actions::open_programme(&ctx, &db, form.fields()).await {
        // What it sets for its tasks comes next.
        Ok(_) => Ok(Redirect::to(&format!("/chuong-trinh/{}/cach-lam?vua=mo", form.ma.trim()))),
        Err(TasksError::Invalid(faults)) => Err(Failure::Unprocessable(page(&FormPage {
            chrome,
            form,
            code: None,
            faults: shown(faults),
        })?)),
        Err(err) => Err(err.into()),
    }
}

/// `GET /chuong-trinh/{code}/sua`.
pub(super) async fn edit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let it = actions::own_programme(&ctx, &db, &code).await?;
    page(&FormPage { chrome, form: Sent::of(&it), code: Some(it.code), faults: Faults::none() })
}

/// `POST /chuong-trinh/{code}/sua`.
pub(super) async fn change(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
    Form(form): Form<Sent>,
) -> Result<Redirect, Failure> {
    let mut form = form;
    let version = form.phien_ban.parse().unwrap_or(0);
    let mut faults = match actions::change_programme(&ctx, &db, &code, version, form.fields()).await
    {
        Ok(()) => return Ok(Redirect::to(&format!("/chuong-trinh/{code}?vua=sua"))),
        Err(TasksError::Invalid(faults)) => shown(faults),
        Err(TasksError::Stale) => Faults::none(),
        Err(err) => return Err(err.into()),
    };
    if faults.is_empty() {
        let now = actions::programme_by_code(&ctx, &db, &code).await?;
        faults.add("ten", format!("Người khác vừa sửa chương trình này thành “{}”. Xem lại rồi lưu lần nữa để ghi bản của đồng chí.", now.name));
        form.phien_ban = now.version.to_string();
    }
    Err(Failure::Unprocessable(page(&FormPage { chrome, form, code: Some(code), faults })?))
}

/// The form as sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    ma: String,
    ten: String,
    #[serde(rename = "can-cu")]
    can_cu: String,
    #[serde(rename = "cong-khai")]
    cong_khai: String,
    #[serde(rename = "phien-ban")]
    phien_ban: String,
}

impl Sent {
    fn of(it: &Programme) -> Self {
        Self {
            ma: it.code.clone(),
            ten: it.name.clone(),
            can_cu: it.basis.clone(),
            cong_khai: if it.is_public { "1".to_owned() } else { String::new() },
            phien_ban: it.version.to_string(),
        }
    }

    fn fields(&self) -> ProgrammeFields {
        ProgrammeFields {
            code: self.ma.clone(),
            name: self.ten.clone(),
            basis: self.can_cu.clone(),
            is_public: !self.cong_khai.is_empty(),
        }
    }
}

struct Row {
    it: Programme,
    owner: String,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "issuing/programmes.html")]
struct ListPage {
    chrome: Chrome,
    rows: Vec<Row>,
    next: String,
    is_first: bool,
    may_open: bool,
}

#[derive(Template)]
#[template(path = "issuing/programme_form.html")]
struct FormPage {
    chrome: Chrome,
    form: Sent,
    code: Option<String>,
    faults: Faults,
}
