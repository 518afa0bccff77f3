use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, Ctx, Line, PostId, Right, Role, fold};
use sauro_store::StoreError;
use serde_json::json;

use super::give_post::{NewSeat, put};
use crate::model::{Login, password_fault};
use crate::secret::token;
use crate::store::accounts::{self, NewRow};
use crate::{Fault, Identity, IdentityError};

/// An account to open, with its first seat.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The login, as typed.
    pub login: String,
    /// How the person is shown: a name or a title.
    pub display_name: String,
    /// A password that stays; for commands only. Without one a one-time password is made.
    pub password: Option<String>,
    /// Whether a demonstration offers it on the sign-in page; for commands only.
    pub is_sample: bool,
    /// The first seat.
    pub seat: NewSeat,
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The account.
    pub account: AccountId,
    /// Its first seat.
    pub post: PostId,
    /// The one-time password to hand over, unless one was given. It is never shown again.
    pub one_time_password: Option<String>,
}

/// Opens an account in an agency that the caller manages.
///
/// # Errors
///
/// [`IdentityError::Invalid`] names every field to mend.
pub async fn open_account(
    ctx: &Ctx,
    identity: &Identity,
    new: &NewAccount,
) -> Result<Opened, IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let is_command = ctx.actor.role == Role::System;
    if !is_command && (new.password.is_some() || new.is_sample) {
        return Err(IdentityError::Refused(
            "Mật khẩu ban đầu do hệ thống tạo và phải đổi ở lần đăng nhập đầu tiên.",
        ));
    }
    let (login, name) = checked(new)?;
    let one_time = match new.password {
        Some(_) => None,
        None => Some(token::one_time()?),
    };
    let password = new.password.as_deref().or(one_time.as_deref()).unwrap_or_default();
    let hash = identity.hasher.hash(password).await?;
    let id = AccountId(ctx.ids.fresh());
    let row = NewRow {
        id,
        login: login.as_str(),
        display_name: name.as_str(),
        name_fold: &fold(name.as_str()),
        password_hash: &hash,
        must_change_password: one_time.is_some(),
        is_sample: new.is_sample,
        created_at: ctx.now_us(),
    };
    let mut conn = identity.db.write().await?;
    match accounts::insert(&mut conn, row).await {
        Err(StoreError::Conflict(_)) => {
            let words = "Tên đăng nhập này đã có người dùng. Chọn tên khác.";
            return Err(IdentityError::invalid("dang-nhap", words));
        }
        other => other?,
    }
    let data = json!({ "login": login.as_str() });
    append(&mut conn, ctx, Event::new("AccountOpened", "account", id, data)).await?;
    let post = put(&mut conn, ctx, id, &new.seat).await?;
    conn.commit().await?;
    Ok(Opened { account: id, post, one_time_password: one_time })
}

fn checked(new: &NewAccount) -> Result<(Login, Line), IdentityError> {
    let mut faults = Vec::new();
    let login = Login::parse(&new.login);
    if login.is_none() {
        faults.push(Fault::new("dang-nhap", format!("{}. Sửa lại.", Login::RULE)));
    }
    let name = Line::parse(&new.display_name);
    if let Err(err) = &name {
        faults.push(Fault::of_text("ten", "họ tên hoặc chức danh", *err));
    }
    if let (Some(login), Some(password)) = (&login, &new.password)
        && let Some(words) = password_fault(password, login)
    {
        faults.push(Fault::new("mat-khau", words));
    }
    match (login, name) {
        (Some(login), Ok(name)) if faults.is_empty() => Ok((login, name)),
        _ => Err(IdentityError::Invalid(faults)),
    }
}
