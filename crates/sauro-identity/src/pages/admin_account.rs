//! `/quan-tri/tai-khoan/{id}`: one account, its seats and what an administrator may do about it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};
use axum::{Extension, Form};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AccountId, Ctx};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::account::Done;
use super::admin_new::{SeatFields, one_time, roles, seat_of};
use super::door::Door;
use super::words::faults;
use crate::IdentityError;
use crate::actions::{self, AccountView};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ended {
    post: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Reset {
    tat_ma: String,
}

#[derive(Template)]
#[template(path = "identity/account_admin.html")]
struct AdminPage {
    chrome: Chrome,
    faults: Faults,
    done: &'static str,
    account: AccountView,
    fields: SeatFields,
    roles: Vec<Choice>,
}

/// `GET /quan-tri/tai-khoan/{id}`.
pub(super) async fn show(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Failure> {
    let fields = SeatFields { co_quan: ctx.actor.agency_code.clone(), ..SeatFields::default() };
    whole(&door, &ctx, chrome, read(&id)?, Faults::none(), words_of(&done.xong), fields).await
}

/// `POST …/chuc-danh`.
pub(super) async fn give(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    directory: Option<Extension<DirectoryHandle>>,
    Path(id): Path<String>,
    Form(fields): Form<SeatFields>,
) -> Result<Redirect, Failure> {
    let account = read(&id)?;
    let given = match seat_of(&fields, directory) {
        Ok(seat) => actions::give_post(&ctx, &door.identity, account, &seat).await,
        Err(err) => Err(err),
    };
    match given {
        Ok(_) => Ok(back(account, "chuc-danh")),
        Err(err) => Err(again(&door, &ctx, chrome, account, faults(err, "co-quan")?, fields).await),
    }
}

/// `POST …/ket-thuc`.
pub(super) async fn end(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(id): Path<String>,
    Form(ended): Form<Ended>,
) -> Result<Redirect, Failure> {
    let post = ended.post.parse().map_err(|_| Failure::NotFound)?;
    let answer = actions::end_post(&ctx, &door.identity, post).await;
    settle(&door, &ctx, chrome, read(&id)?, answer, "ket-thuc").await
}

/// `POST …/mat-khau`: answers the one-time password, which is never shown again.
pub(super) async fn reset(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(id): Path<String>,
    Form(reset): Form<Reset>,
) -> Result<Html<String>, Failure> {
    let account = read(&id)?;
    let drops_totp = !reset.tat_ma.is_empty();
    match actions::reset_password(&ctx, &door.identity, account, drops_totp).await {
        Ok(password) => {
            let login = actions::account_of(&ctx, &door.identity, account).await?.login;
            let href = format!("/quan-tri/tai-khoan/{account}");
            one_time(chrome, "Đã đặt lại mật khẩu", login, password, href)
        }
        Err(err) => {
            let faults = faults(err, "viec-khac")?;
            Err(again(&door, &ctx, chrome, account, faults, SeatFields::default()).await)
        }
    }
}

/// `POST …/khoa`.
pub(super) async fn disable(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    let account = read(&id)?;
    let answer = actions::disable_account(&ctx, &door.identity, account).await;
    settle(&door, &ctx, chrome, account, answer, "khoa").await
}

/// `POST …/mo`.
pub(super) async fn enable(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    let account = read(&id)?;
    let answer = actions::enable_account(&ctx, &door.identity, account).await;
    settle(&door, &ctx, chrome, account, answer, "mo").await
}

async fn settle(
    door: &Door,
    ctx: &Ctx,
    chrome: Chrome,
    account: AccountId,
    answer: Result<(), IdentityError>,
    done: &str,
) -> Result<Redirect, Failure> {
    match answer {
        Ok(()) => Ok(back(account, done)),
        Err(err) => {
            let faults = faults(err, "viec-khac")?;
            Err(again(door, ctx, chrome, account, faults, SeatFields::default()).await)
        }
    }
}

async fn again(
    door: &Door,
    ctx: &Ctx,
    chrome: Chrome,
    account: AccountId,
    faults: Faults,
    fields: SeatFields,
) -> Failure {
    match whole(door, ctx, chrome, account, faults, "", fields).await {
        Ok(page) => Failure::Unprocessable(page),
        Err(failure) => failure,
    }
}

async fn whole(
    door: &Door,
    ctx: &Ctx,
    chrome: Chrome,
    account: AccountId,
    faults: Faults,
    done: &'static str,
    fields: SeatFields,
) -> Result<Html<String>, Failure> {
    let account = actions::account_of(ctx, &door.identity, account).await?;
    page(&AdminPage { chrome, faults, done, account, fields, roles: roles() })
}

fn read(id: &str) -> Result<AccountId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn back(account: AccountId, done: &str) -> Redirect {
    Redirect::to(&format!("/quan-tri/tai-khoan/{account}?xong={done}"))
}

fn words_of(done: &str) -> &'static str {
    match done {
        "chuc-danh" => "Đã giao chức danh.",
        "ket-thuc" => "Đã kết thúc chức danh.",
        "khoa" => "Đã khóa tài khoản. Mọi phiên đăng nhập đã kết thúc.",
        "mo" => "Đã mở lại tài khoản.",
        _ => "",
    }
}
