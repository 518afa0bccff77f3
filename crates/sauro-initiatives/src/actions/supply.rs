use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use serde_json::json;

use super::Room;
use super::check::said;
use super::of_code;
use super::step::{Done, moved};
use crate::model::{Dossier, Initiative, Move, Stage, hash_of};
use crate::store::dossiers::Kept;
use crate::{InitiativesError, store};

/// Adds what the author was asked for to the dossier with the code `typed`: a new version, hashed and
/// written down like the first, which stays.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] without the code, [`InitiativesError::Stale`] when nothing is asked for,
/// [`InitiativesError::Invalid`] when nothing was written.
pub async fn supply(
    ctx: &Ctx,
    room: &Room<'_>,
    typed: &str,
    words: &str,
) -> Result<Initiative, InitiativesError> {
    ctx.require(Right::SendInitiatives, ctx.actor.own())?;
    let case = of_code(room.db, typed).await?;
    let it = case.initiative;
    if it.stage != Stage::Asked {
        return Err(InitiativesError::Stale);
    }
    let mut faults = Vec::new();
    let added = said("bo-sung", "nội dung bổ sung", words, true, &mut faults);
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    let n = it.n + 1;
    let mut dossier = Dossier { n, ..case.dossier };
    dossier.supplements.push(added);
    let text = dossier.text();
    let hash = hash_of(&text);
    let mut conn = room.db.write().await?;
    let before = Initiative { n, ..it };
    let desk = Some(before.receiver);
    let done =
        Done { kind: "InitiativeReturned", reason: String::new(), desk, data: json!({ "n": n }) };
    let after = moved(ctx, (&mut conn, room), (&before, Move::Supply), done).await?;
    let data = json!({ "code": after.code.as_str(), "n": n, "hash": hex::encode(hash) });
    let event = Event::new("InitiativeSupplied", "initiative", after.id, data);
    let entry = sauro_journal::append(&mut conn, ctx, event).await?;
    let kept = Kept { n, text, hash, entry, at: ctx.now_us() };
    store::dossiers::insert(&mut conn, after.id, &kept).await?;
    conn.commit().await?;
    Ok(after)
}
