//! Keys of programs that send petitions (khóa tiếp nhận).

use sauro_journal::Event;
use sauro_kernel::{AgencyPath, Ctx, Line, Right};
use sauro_store::{Db, SealError};
use serde_json::json;
use uuid::Uuid;

use crate::model::{IntakeKey, Secret};
use crate::{PetitionsError, store};

/// Keys shown.
const MOST: u16 = 1_000;

/// A key is the account of a program and sends to every agency: whoever keeps the accounts of all the nation keeps
/// them too.
fn require_keeper(ctx: &Ctx) -> Result<(), PetitionsError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    match ctx.actor.scope == AgencyPath::nation() {
        true => Ok(()),
        false => Err(PetitionsError::NotFound("keys")),
    }
}

/// Makes a key for the system `name`. The key is told here and never again.
///
/// # Errors
///
/// As [`keys`]; [`PetitionsError::Invalid`] without a name.
pub async fn make_key(
    ctx: &Ctx,
    db: &Db,
    name: &str,
) -> Result<(IntakeKey, Secret), PetitionsError> {
    require_keeper(ctx)?;
    let name = Line::parse(name).map_err(|_| {
        PetitionsError::of_field(
            "ten",
            "Ghi tên hệ thống dùng khóa, ví dụ “Cổng dịch vụ công tỉnh Cà Mau”.",
        )
    })?;
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).map_err(|_| SealError::NotSealed)?;
    let secret = Secret::of_random(random);
    let key = IntakeKey {
        id: ctx.ids.fresh(),
        name: name.as_str().to_owned(),
        made_at: ctx.now_us(),
        revoked_at: None,
    };
    let mut conn = db.write().await?;
    store::keys::insert(&mut conn, &key, &Secret::hash_of(secret.tell())).await?;
    let event = Event::new("IntakeKeyMade", "intake-key", key.id, json!({ "name": key.name }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok((key, secret))
}

/// Revokes the key `id`: from now on it opens nothing.
///
/// # Errors
///
/// As [`keys`]; [`PetitionsError::NotFound`] when there is no such key, or it was revoked before.
pub async fn revoke_key(ctx: &Ctx, db: &Db, id: Uuid) -> Result<(), PetitionsError> {
    require_keeper(ctx)?;
    let mut conn = db.write().await?;
    if !store::keys::revoke(&mut conn, id, ctx.now_us()).await? {
        return Err(PetitionsError::NotFound("key"));
    }
    sauro_journal::append(
        &mut conn,
        ctx,
        Event::new("IntakeKeyRevoked", "intake-key", id, json!({})),
    )
    .await?;
    Ok(conn.commit().await?)
}

/// The keys there are, the newest first.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever keeps no accounts; [`PetitionsError::NotFound`] for whoever keeps only those
/// of a part of the nation.
pub async fn keys(ctx: &Ctx, db: &Db) -> Result<Vec<IntakeKey>, PetitionsError> {
    require_keeper(ctx)?;
    Ok(store::keys::all(&mut db.read().await?, MOST).await?)
}

/// The key that a program shows; none for one that opens nothing.
///
/// # Errors
///
/// The store's.
pub async fn key_of(db: &Db, shown: &str) -> Result<Option<IntakeKey>, PetitionsError> {
    Ok(store::keys::by_hash(&mut db.read().await?, &Secret::hash_of(shown)).await?)
}
