use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use serde_json::json;

use crate::secret::token;
use crate::store::sessions;
use crate::{Identity, IdentityError};

/// Ends the session of `token`, at whatever step it is.
///
/// # Errors
///
/// Only the store's.
pub async fn sign_out(ctx: &Ctx, identity: &Identity, token: &str) -> Result<(), IdentityError> {
    let hash = token::hash(token);
    let mut conn = identity.db.write().await?;
    if sessions::delete(&mut conn, &hash).await? {
        let event = Event::new("SignedOut", "account", ctx.actor.account, json!({}));
        append(&mut conn, ctx, event).await?;
    }
    conn.commit().await?;
    identity.forget(&hash);
    Ok(())
}

/// Ends every session of the caller's account, this one included; answers how many there were.
///
/// # Errors
///
/// Only the store's.
pub async fn sign_out_everywhere(ctx: &Ctx, identity: &Identity) -> Result<u64, IdentityError> {
    let mut conn = identity.db.write().await?;
    let n = sessions::delete_of(&mut conn, ctx.actor.account, None).await?;
    let event =
        Event::new("SignedOutEverywhere", "account", ctx.actor.account, json!({ "sessions": n }));
    append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(n)
}
