//! `/quan-tri/tai-khoan/moi`: opening an account with its first seat.

use askama::Template;
use axum::response::Html;
use axum::{Extension, Form};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Right, Role};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use super::door::Door;
use super::loans::day;
use super::words::faults;
use crate::actions::{self, NewAccount, NewSeat};
use crate::{Fault, IdentityError};

/// The form, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Fields {
    dang_nhap: String,
    ten: String,
    #[serde(flatten)]
    seat: SeatFields,
}

/// The part of the form that says what a seat is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct SeatFields {
    pub(super) co_quan: String,
    pub(super) vai_tro: String,
    pub(super) chuc_danh: String,
    pub(super) tu_ngay: String,
    pub(super) den_ngay: String,
}

#[derive(Template)]
#[template(path = "identity/account_new.html")]
struct NewPage {
    chrome: Chrome,
    faults: Faults,
    fields: Fields,
    roles: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "identity/one_time.html")]
struct OneTimePage {
    chrome: Chrome,
    title: &'static str,
    login: String,
    password: String,
    href: String,
}

/// `GET /quan-tri/tai-khoan/moi`.
pub(super) async fn show(Caller(ctx): Caller, chrome: Chrome) -> Result<Html<String>, Failure> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let seat = SeatFields { co_quan: ctx.actor.agency_code, ..SeatFields::default() };
    form(chrome, Faults::none(), Fields { seat, ..Fields::default() })
}

/// `POST /quan-tri/tai-khoan`: answers the one-time password, which is never shown again.
pub(super) async fn submit(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    directory: Option<Extension<DirectoryHandle>>,
    Form(fields): Form<Fields>,
) -> Result<Html<String>, Failure> {
    match open(&door, &ctx, directory, &fields).await {
        Ok((id, password)) => {
            let href = format!("/quan-tri/tai-khoan/{id}");
            one_time(chrome, "Đã mở tài khoản", fields.dang_nhap, password, href)
        }
        Err(err) => {
            let faults = faults(err, "dang-nhap")?;
            Err(Failure::Unprocessable(form(chrome, faults, fields)?))
        }
    }
}

/// The page that shows a one-time password.
pub(super) fn one_time(
    chrome: Chrome,
    title: &'static str,
    login: String,
    password: String,
    href: String,
) -> Result<Html<String>, Failure> {
    page(&OneTimePage { chrome, title, login, password, href })
}

/// The roles a seat can have.
pub(super) fn roles() -> Vec<Choice> {
    Role::SEATS.into_iter().map(|role| Choice::new(role.code(), role.label())).collect()
}

/// The seat that `fields` describe. An agency may be named by its code or by any of its names.
pub(super) fn seat_of(
    fields: &SeatFields,
    directory: Option<Extension<DirectoryHandle>>,
) -> Result<NewSeat, IdentityError> {
    let mut faults = Vec::new();
    let role = Role::of_code(&fields.vai_tro);
    if role.is_none() {
        faults.push(Fault::new("vai-tro", "Chọn vai trò của chức danh."));
    }
    if fields.co_quan.trim().is_empty() {
        faults.push(Fault::new("co-quan", "Nhập tên hoặc mã cơ quan."));
    }
    for (field, text) in [("tu-ngay", &fields.tu_ngay), ("den-ngay", &fields.den_ngay)] {
        if !text.trim().is_empty() && day(text).is_none() {
            faults
                .push(Fault::new(field, "Ngày không có thật hoặc viết sai. Nhập như 20/11/2026."));
        }
    }
    let Some(role) = role.filter(|_| faults.is_empty()) else {
        return Err(IdentityError::Invalid(faults));
    };
    let typed = fields.co_quan.trim();
    let named = directory.and_then(|it| {
        let all = it.0.directory();
        all.by_code(typed)
            .or_else(|| all.resolve(typed).map(|hit| hit.agency))
            .map(|it| it.code.clone())
    });
    Ok(NewSeat {
        agency_code: named.unwrap_or_else(|| typed.to_owned()),
        role,
        title: fields.chuc_danh.clone(),
        from: day(&fields.tu_ngay),
        to: day(&fields.den_ngay),
    })
}

async fn open(
    door: &Door,
    ctx: &Ctx,
    directory: Option<Extension<DirectoryHandle>>,
    fields: &Fields,
) -> Result<(sauro_kernel::AccountId, String), IdentityError> {
    let new = NewAccount {
        login: fields.dang_nhap.clone(),
        display_name: fields.ten.clone(),
        password: None,
        is_sample: false,
        seat: seat_of(&fields.seat, directory)?,
    };
    let opened = actions::open_account(ctx, &door.identity, &new).await?;
    Ok((opened.account, opened.one_time_password.unwrap_or_default()))
}

fn form(chrome: Chrome, faults: Faults, fields: Fields) -> Result<Html<String>, Failure> {
    page(&NewPage { chrome, faults, fields, roles: roles() })
}
