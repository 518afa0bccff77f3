use chrono::{DateTime, Utc};
use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use serde_json::json;

use crate::model::Client;
use crate::secret::token;
use crate::store::sessions;
use crate::{Identity, IdentityError};

/// One session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Names it in forms; not the token.
    pub id: String,
    /// Browser and system in words.
    pub browser: String,
    /// The address without its last part.
    pub address_hint: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// The last click written down, at most a few minutes late.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// Lists the caller's sessions, the last used first. `token` is the caller's own.
///
/// # Errors
///
/// Only the store's.
pub async fn sessions_of(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<Vec<SessionView>, IdentityError> {
    let own = token::hash(token);
    let mut conn = identity.db.read().await?;
    let rows = sessions::list_of(&mut conn, ctx.actor.account, ctx.now_us()).await?;
    let instant = |us| DateTime::from_timestamp_micros(us).unwrap_or_default();
    let view = |row: sessions::SessionRow| SessionView {
        id: name_of(&row.token_hash),
        browser: Client::browser_words(&row.user_agent),
        address_hint: row.address_hint,
        created_at: instant(row.created_at),
        seen_at: instant(row.seen_at),
        is_current: row.token_hash == own,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one of the caller's sessions, named by [`SessionView::id`].
///
/// # Errors
///
/// [`IdentityError::NotFound`] when it is not the caller's or has ended.
pub async fn end_session(ctx: &Ctx, identity: &Identity, id: &str) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    let rows = sessions::list_of(&mut conn, ctx.actor.account, ctx.now_us()).await?;
    let is_named = |row: &sessions::SessionRow| name_of(&row.token_hash) == id;
    let row = rows.into_iter().find(is_named).ok_or(IdentityError::NotFound("session"))?;
    sessions::delete(&mut conn, &row.token_hash).await?;
    append(&mut conn, ctx, Event::new("SignedOut", "account", ctx.actor.account, json!({})))
        .await?;
    conn.commit().await?;
    identity.forget(&row.token_hash);
    Ok(())
}

/// What names a session in a form: a hash of the stored hash, which opens nothing.
fn name_of(token_hash: &[u8]) -> String {
    hex::encode(token::hash(&hex::encode(token_hash)))
}
