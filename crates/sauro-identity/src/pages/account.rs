//! `/tai-khoan`: one's own seats, password, code generator, sessions and loans.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use sauro_kernel::{Ctx, Right};
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use super::cookies;
use super::door::Door;
use super::first_password::not_repeated;
use super::words::faults;
use crate::IdentityError;
use crate::actions::{self, LinkView, Protection, SessionView};
use crate::model::Seat;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    pub(super) xong: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct PasswordFields {
    mat_khau_cu: String,
    mat_khau_moi: String,
    nhap_lai: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    post: String,
    phien: String,
}

/// A loan as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct LoanFields {
    pub(super) nguoi_nhan: String,
    pub(super) tu_ngay: String,
    pub(super) den_ngay: String,
}

#[derive(Template)]
#[template(path = "identity/account.html")]
struct AccountPage {
    chrome: Chrome,
    faults: Faults,
    done: &'static str,
    ctx: Ctx,
    seats: Vec<Seat>,
    protection: Protection,
    sessions: Vec<SessionView>,
    links: Vec<LinkView>,
    lent: Vec<(Seat, String)>,
    loan: LoanFields,
    may_lend: bool,
    may_manage: bool,
}

impl AccountPage {
    /// A provider is left to link to.
    fn may_link(&self) -> bool {
        self.links.iter().any(|it| it.linked_at.is_none())
    }
}

/// `GET /tai-khoan`.
pub(super) async fn show(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Query(done): Query<Done>,
) -> Result<Html<String>, Failure> {
    whole(&door, ctx, chrome, Faults::none(), words_of(&done.xong), LoanFields::default()).await
}

/// `POST /tai-khoan/chuc-danh`: to the front page, because what lies before may not be the seat's to see.
pub(super) async fn choose(
    door: Door,
    Caller(ctx): Caller,
    Form(choice): Form<Choice>,
) -> Result<Redirect, Failure> {
    let post = choice.post.parse().map_err(|_| Failure::NotFound)?;
    actions::choose_post(&ctx, &door.identity, &door.token, post).await?;
    Ok(Redirect::to("/"))
}

/// `POST /tai-khoan/mat-khau`.
pub(super) async fn change_password(
    door: Door,
    Caller(ctx): Caller,
    chrome: Chrome,
    Form(fields): Form<PasswordFields>,
) -> Result<Redirect, Failure> {
    let wrong = match not_repeated(&fields.mat_khau_moi, &fields.nhap_lai) {
        Some(wrong) => wrong,
        None => {
            let (old, new) = (&fields.mat_khau_cu, &fields.mat_khau_moi);
            match actions::change_password(&ctx, &door.identity, &door.token, old, new).await {
                Ok(()) => return Ok(Redirect::to("/tai-khoan?xong=mat-khau")),
                Err(err) => faults(err, "mat-khau-cu")?,
            }
        }
    };
    let page = whole(&door, ctx, chrome, wrong, "", LoanFields::default()).await?;
    Err(Failure::Unprocessable(page))
}

/// `POST /tai-khoan/phien`: ends one session.
pub(super) async fn end_session(
    door: Door,
    Caller(ctx): Caller,
    Form(choice): Form<Choice>,
) -> Result<Redirect, Failure> {
    match actions::end_session(&ctx, &door.identity, &choice.phien).await {
        // It ended meanwhile: that is what was wanted.
        Ok(()) | Err(IdentityError::NotFound(_)) => Ok(Redirect::to("/tai-khoan?xong=phien")),
        Err(err) => Err(err.into()),
    }
}

/// `POST /tai-khoan/dang-xuat-het`.
pub(super) async fn leave_everywhere(
    door: Door,
    Caller(ctx): Caller,
) -> Result<(HeaderMap, Redirect), Failure> {
    actions::sign_out_everywhere(&ctx, &door.identity).await?;
    Ok((cookies::taking(&door.identity), Redirect::to("/dang-nhap")))
}

/// The whole page, also with the faults of one of its forms.
pub(super) async fn whole(
    door: &Door,
    ctx: Ctx,
    chrome: Chrome,
    faults: Faults,
    done: &'static str,
    loan: LoanFields,
) -> Result<Html<String>, Failure> {
    let identity = &door.identity;
    let seats = actions::seats_of(&ctx, identity).await?;
    let own = ctx.actor.own();
    let is_lent = seats.iter().any(|seat| seat.id == ctx.actor.post && seat.lender.is_some());
    page(&AccountPage {
        protection: actions::protection_of(&ctx, identity).await?,
        sessions: actions::sessions_of(&ctx, identity, &door.token).await?,
        links: actions::links_of(&ctx, identity).await?,
        lent: actions::lent_by(&ctx, identity).await?,
        may_lend: ctx.may(Right::Delegate, own) && !is_lent,
        may_manage: ctx.may(Right::ManageAccounts, own),
        chrome,
        faults,
        done,
        seats,
        loan,
        ctx,
    })
}

fn words_of(done: &str) -> &'static str {
    match done {
        "mat-khau" => "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.",
        "phien" => "Đã kết thúc phiên đăng nhập đó.",
        "uy-quyen" => "Đã ủy quyền.",
        "thu-hoi" => "Đã thu hồi ủy quyền.",
        "lien-ket" => "Đã liên kết. Từ lần sau đăng nhập được bằng định danh đó.",
        "go-lien-ket" => "Đã gỡ liên kết.",
        "tat-ma" => "Đã tắt mã xác thực.",
        _ => "",
    }
}
