use sauro_kernel::Ctx;
use sauro_store::Conn;

use super::actor_of::unfinished;
use super::admit::{SignIn, Step, admit};
use super::gate::{Entry, Gate};
use crate::model::{Client, Stage};
use crate::secret::{code_step, token};
use crate::store::accounts::AccountRow;
use crate::store::{accounts, recovery_codes};
use crate::{Identity, IdentityError};

/// The second step of signing in: `code` is the application's, or a recovery code. A code works once.
///
/// # Errors
///
/// [`IdentityError::NotFound`] when `token` is not that of a session waiting for a code.
pub async fn confirm_totp(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    code: &str,
    client: &Client,
) -> Result<SignIn, IdentityError> {
    let waiting = unfinished(ctx, identity, token).await?;
    let Some((account, session, Stage::Totp)) = waiting else {
        return Err(IdentityError::NotFound("session"));
    };
    // Whoever stands here knows the password, so the count is the account's, wherever they are.
    let gate = Gate::of_account("totp", account.account());
    let next_wait_s = match gate.enter(ctx, &identity.db).await? {
        Entry::Open { next_wait_s } => next_wait_s,
        Entry::Closed { retry_after_s } => {
            return Ok(SignIn::Refused { retry_after_s, was_checked: false });
        }
    };
    let mut conn = identity.db.write().await?;
    if !is_right(&mut conn, ctx, identity, &account, code).await? {
        return Ok(SignIn::Refused { retry_after_s: next_wait_s, was_checked: true });
    }
    gate.clear(&mut conn, ctx.now_us()).await?;
    let replaces = Some(session.token_hash.as_slice());
    let step = Step { account: &account, client, totp_passed: true, replaces, by: None };
    let answer = admit(&mut conn, ctx, step).await?;
    conn.commit().await?;
    Ok(answer)
}

/// Whether `code` is good for `account`, using it up.
pub(super) async fn is_right(
    conn: &mut Conn,
    ctx: &Ctx,
    identity: &Identity,
    account: &AccountRow,
    code: &str,
) -> Result<bool, IdentityError> {
    let Some(sealed) = &account.totp_secret else { return Ok(false) };
    let secret = identity.keys()?.open_sealed(account.account().0, sealed)?;
    let now_s = u64::try_from(ctx.clock.now().timestamp()).unwrap_or_default();
    if let Some(step) = code_step(&secret, code, now_s)? {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        return Ok(accounts::use_totp_step(conn, account.account(), step).await?);
    }
    let hash = token::hash_of_recovery(code);
    Ok(recovery_codes::use_up(conn, account.account(), &hash, ctx.now_us()).await?)
}
