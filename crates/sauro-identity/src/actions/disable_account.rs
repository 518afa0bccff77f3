use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, Ctx};
use serde_json::json;

use super::manage::managed_other;
use crate::store::{accounts, sessions};
use crate::{Identity, IdentityError};

/// Closes an account to its holder and ends all its sessions. What was lent from its seats stops too.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for an account that the caller does not manage.
pub async fn disable_account(
    ctx: &Ctx,
    identity: &Identity,
    account: AccountId,
) -> Result<(), IdentityError> {
    set(ctx, identity, account, Some(ctx.now_us()), "AccountDisabled").await
}

/// Opens a disabled account again.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for an account that the caller does not manage.
pub async fn enable_account(
    ctx: &Ctx,
    identity: &Identity,
    account: AccountId,
) -> Result<(), IdentityError> {
    set(ctx, identity, account, None, "AccountEnabled").await
}

async fn set(
    ctx: &Ctx,
    identity: &Identity,
    account: AccountId,
    disabled_at: Option<i64>,
    kind: &'static str,
) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    managed_other(&mut conn, ctx, account).await?;
    accounts::update_disabled(&mut conn, account, disabled_at).await?;
    sessions::delete_of(&mut conn, account, None).await?;
    append(&mut conn, ctx, Event::new(kind, "account", account, json!({}))).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(())
}
