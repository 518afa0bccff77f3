use sauro_kernel::Ctx;

use super::admit::{SignIn, Step, admit};
use super::gate::{Entry, Gate};
use crate::model::{Client, Login};
use crate::secret::token;
use crate::store::{accounts, devices};
use crate::{Identity, IdentityError};

/// What somebody typed, and from where.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// The login, as typed.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// The machine.
    pub client: &'a Client,
}

/// Signs somebody in by password. Anybody may try; `ctx` is that of a stranger.
///
/// # Errors
///
/// [`IdentityError::Busy`] when too many passwords are being checked. A wrong password is no error.
pub async fn sign_in(
    ctx: &Ctx,
    identity: &Identity,
    attempt: Attempt<'_>,
) -> Result<SignIn, IdentityError> {
    let client = attempt.client;
    let login = Login::parse(attempt.login);
    let mut conn = identity.db.read().await?;
    let account = match &login {
        Some(login) => accounts::find_by_login(&mut conn, login.as_str()).await?,
        None => None,
    };
    let is_known_device = match (&account, &client.device) {
        (Some(account), Some(device)) => {
            devices::is_known(&mut conn, &token::hash(device), account.account()).await?
        }
        _ => false,
    };
    drop(conn);
    let typed = login.as_ref().map_or(attempt.login, Login::as_str);
    let known = account.as_ref().map(accounts::AccountRow::account);
    let gate = Gate::of_login(typed, client, known, is_known_device);
    let next_wait_s = match gate.enter(ctx, &identity.db).await? {
        Entry::Open { next_wait_s } => next_wait_s,
        Entry::Closed { retry_after_s } => {
            return Ok(SignIn::Refused { retry_after_s, was_checked: false });
        }
    };
    // Unknown, disabled and without a password: all cost one hash, as a wrong password does.
    let hash = account.as_ref().and_then(|it| it.password_hash.as_deref());
    let is_right = identity.hasher.verify(attempt.password, hash).await?;
    // Everybody knows the password of the sample accounts: they open a demonstration and nothing else.
    let is_open = |it: &accounts::AccountRow| !it.is_sample || identity.site.is_demo;
    let account = account.filter(|it| is_right && it.disabled_at.is_none() && is_open(it));
    let Some(account) = account else {
        return Ok(SignIn::Refused { retry_after_s: next_wait_s, was_checked: true });
    };
    let mut conn = identity.db.write().await?;
    gate.clear(&mut conn, ctx.now_us()).await?;
    let step = Step { account: &account, client, totp_passed: false, replaces: None, by: None };
    let answer = admit(&mut conn, ctx, step).await?;
    conn.commit().await?;
    Ok(answer)
}
