use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, CitizenId, Ctx};
use sauro_ui::Citizen;
use serde_json::json;
use uuid::Uuid;

use super::come_back::Known;
use crate::secret::token;
use crate::store::citizens;
use crate::{Identity, IdentityError};

/// The citizen whose session `token` is. `None` for a forged or ended one.
///
/// # Errors
///
/// Only the store's.
pub async fn citizen_of(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<Option<Citizen>, IdentityError> {
    let mut conn = identity.db.read().await?;
    let hash = token::hash(token);
    let Some(row) = citizens::find_session(&mut conn, &hash, ctx.now_us()).await? else {
        return Ok(None);
    };
    // Sealed with a key file that is no more: the person signs in anew.
    let Ok(plain) = identity.keys()?.open_sealed(row.citizen_id, &row.sealed) else {
        return Ok(None);
    };
    let known: Known = serde_json::from_slice(&plain).unwrap_or_default();
    let level = match identity.providers.find(&row.provider) {
        Some(it) => it.setup.levels.words(&it.setup.name, &row.level),
        None => known.provider,
    };
    let voice = row.subject_mark.first_chunk().copied().map(Uuid::from_bytes);
    Ok(Some(Citizen {
        id: CitizenId(row.citizen_id),
        voice: AccountId(voice.unwrap_or(row.citizen_id)),
        name: known.name,
        email: known.email,
        phone: known.phone,
        level,
    }))
}

/// Ends the citizen's session of `token`. Signing out twice is no error.
///
/// # Errors
///
/// Only the store's.
pub async fn citizen_leaves(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    let hash = token::hash(token);
    let session = citizens::find_session(&mut conn, &hash, ctx.now_us()).await?;
    citizens::delete_session(&mut conn, &hash).await?;
    if let Some(row) = session {
        let event = Event::new("CitizenSignedOut", "citizen", row.citizen_id, json!({}));
        append(&mut conn, ctx, event).await?;
    }
    Ok(conn.commit().await?)
}

/// Ends every session of the citizen.
///
/// # Errors
///
/// Only the store's.
pub async fn citizen_leaves_everywhere(
    ctx: &Ctx,
    identity: &Identity,
    id: CitizenId,
) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    let n = citizens::delete_sessions(&mut conn, id).await?;
    let data = json!({ "sessions": n });
    append(&mut conn, ctx, Event::new("CitizenSignedOutEverywhere", "citizen", id, data)).await?;
    Ok(conn.commit().await?)
}

/// Forgets a citizen: who it is, the sessions and the list of own cases. The cases stay, each with what was
/// written in it, and are followed by their codes.
///
/// # Errors
///
/// [`IdentityError::NotFound`] when it was forgotten before.
pub async fn forget_citizen(
    ctx: &Ctx,
    identity: &Identity,
    id: CitizenId,
) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    if !citizens::delete(&mut conn, id).await? {
        return Err(IdentityError::NotFound("citizen"));
    }
    append(&mut conn, ctx, Event::new("CitizenForgotten", "citizen", id, json!({}))).await?;
    Ok(conn.commit().await?)
}

/// Pages of the providers where citizens sign out there as well, with the names of the providers.
pub fn leaving(identity: &Identity) -> Vec<(String, String)> {
    let all = identity.providers.of_citizens();
    all.filter_map(|it| Some((it.setup.name.clone(), it.leaving()?))).collect()
}
