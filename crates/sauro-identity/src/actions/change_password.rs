use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use serde_json::json;

use super::actor_of::unfinished;
use super::admit::{SignIn, Step, admit};
use super::gate::{Entry, Gate};
use crate::model::{Client, Login, Stage, password_fault};
use crate::secret::token;
use crate::store::accounts::AccountRow;
use crate::store::{accounts, sessions};
use crate::{Identity, IdentityError};

/// Gives the caller's account a new password and ends all its other sessions.
///
/// # Errors
///
/// [`IdentityError::Invalid`] for a wrong present password or a new one that will not do.
pub async fn change_password(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    present: &str,
    new: &str,
) -> Result<(), IdentityError> {
    let account = prove(ctx, identity, present, "mat-khau-cu").await?;
    let hash = hash_of_new(identity, &account, new).await?;
    let mut conn = identity.db.write().await?;
    accounts::update_password(&mut conn, account.account(), &hash, false).await?;
    sessions::delete_of(&mut conn, account.account(), Some(&token::hash(token))).await?;
    append(&mut conn, ctx, Event::new("PasswordChanged", "account", account.id, json!({}))).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(())
}

/// The last step of signing in with a one-time password: the person sets one of their own.
///
/// # Errors
///
/// [`IdentityError::NotFound`] when `token` is not that of a session at this step;
/// [`IdentityError::Invalid`] for a password that will not do.
pub async fn set_first_password(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    new: &str,
    client: &Client,
) -> Result<SignIn, IdentityError> {
    let waiting = unfinished(ctx, identity, token).await?;
    let Some((account, session, Stage::NewPassword)) = waiting else {
        return Err(IdentityError::NotFound("session"));
    };
    let hash = hash_of_new(identity, &account, new).await?;
    let mut conn = identity.db.write().await?;
    accounts::update_password(&mut conn, account.account(), &hash, false).await?;
    sessions::delete_of(&mut conn, account.account(), None).await?;
    append(&mut conn, ctx, Event::new("PasswordChanged", "account", account.id, json!({}))).await?;
    let account = AccountRow { must_change_password: false, ..account };
    let totp_passed = session.totp_passed;
    let step = Step { account: &account, client, totp_passed, replaces: None, by: None };
    let answer = admit(&mut conn, ctx, step).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(answer)
}

/// The caller's account, when `password` is its password; `field` is where a wrong one is shown.
pub(super) async fn prove(
    ctx: &Ctx,
    identity: &Identity,
    password: &str,
    field: &'static str,
) -> Result<AccountRow, IdentityError> {
    let id = ctx.actor.account;
    let gate = Gate::of_account("password", id);
    if let Entry::Closed { retry_after_s } = gate.enter(ctx, &identity.db).await? {
        return Err(IdentityError::Slowed(retry_after_s));
    }
    let mut conn = identity.db.read().await?;
    let account = accounts::find(&mut conn, id).await?;
    drop(conn);
    let hash = account.as_ref().and_then(|it| it.password_hash.as_deref());
    let is_right = identity.hasher.verify(password, hash).await?;
    let Some(account) = account.filter(|_| is_right) else {
        let words = "Mật khẩu hiện tại không đúng. Nhập lại.";
        return Err(IdentityError::invalid(field, words));
    };
    let mut conn = identity.db.write().await?;
    gate.clear(&mut conn, ctx.now_us()).await?;
    conn.commit().await?;
    Ok(account)
}

async fn hash_of_new(
    identity: &Identity,
    account: &AccountRow,
    new: &str,
) -> Result<String, IdentityError> {
    const FIELD: &str = "mat-khau-moi";
    let login = Login::parse(&account.login).ok_or(IdentityError::NotFound("account"))?;
    if let Some(words) = password_fault(new, &login) {
        return Err(IdentityError::invalid(FIELD, words));
    }
    if identity.hasher.verify(new, account.password_hash.as_deref()).await? {
        let words = "Mật khẩu mới trùng mật khẩu đang dùng. Chọn mật khẩu khác.";
        return Err(IdentityError::invalid(FIELD, words));
    }
    identity.hasher.hash(new).await
}
