use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, Ctx};
use serde_json::json;

use super::manage::managed_other;
use crate::secret::token;
use crate::store::{accounts, recovery_codes, sessions, subjects};
use crate::{Identity, IdentityError};

/// Gives an account a one-time password that must be changed at the next sign-in, and ends all its
/// sessions and links to identity providers. The code generator stays, so that a reset alone opens nothing; `drop_totp` takes it away
/// for a person who lost both the phone and the recovery codes.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for an account that the caller does not manage.
pub async fn reset_password(
    ctx: &Ctx,
    identity: &Identity,
    account: AccountId,
    drop_totp: bool,
) -> Result<String, IdentityError> {
    let mut conn = identity.db.read().await?;
    managed_other(&mut conn, ctx, account).await?;
    drop(conn);
    let password = token::one_time()?;
    let hash = identity.hasher.hash(&password).await?;
    let mut conn = identity.db.write().await?;
    managed_other(&mut conn, ctx, account).await?;
    accounts::update_password(&mut conn, account, &hash, true).await?;
    if drop_totp {
        accounts::update_totp(&mut conn, account, None, None).await?;
        recovery_codes::delete_of(&mut conn, account).await?;
    }
    // Whoever took the account over may have linked it to themself.
    subjects::delete_of(&mut conn, account).await?;
    sessions::delete_of(&mut conn, account, None).await?;
    let data = json!({ "dropped_totp": drop_totp });
    append(&mut conn, ctx, Event::new("PasswordReset", "account", account, data)).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(password)
}
