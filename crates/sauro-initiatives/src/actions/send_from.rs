//! Dossiers from anybody: an hourly limit, and a question before it is reached (I71).

use sauro_kernel::{CitizenId, Ctx, Role, fold, n_links};
use sauro_store::flood::{Answered, ask, is_answered, try_of};
use sauro_store::tries;
use uuid::Uuid;

use super::Room;
use super::send::{Attachment, Sent, send, send_as};
use crate::InitiativesError;
use crate::model::{DossierFields, hash_of};

/// Dossiers taken from one place within an hour. A school or an office may share an address.
const MOST_AN_HOUR: i64 = 30;

/// Dossiers from one place within an hour, from which on each answers a question.
const MANY_FROM_ONE: i64 = 10;

/// Dossiers with the same words within an hour, from which on each answers a question.
const MANY_ALIKE: i64 = 5;

/// Links in one dossier from which on it looks like an advertisement.
const MANY_LINKS: usize = 8;

/// Where a dossier comes from, and what was answered to the question that was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outside {
    /// Where from, as the server sees it.
    pub source: String,
    /// The answer to the question, if one was asked.
    pub answered: Answered,
    /// The citizen who signed in, if one did: the dossier is in their list as well.
    pub citizen: Option<CitizenId>,
}

/// Sends a dossier as [`send`] does, and keeps floods out: of what nobody signs in for, one place sends so many within
/// an hour and no more, and answers a question before that. What was refused leaves nothing behind.
///
/// # Errors
///
/// As [`send`]; [`InitiativesError::TooOften`] when one place sends without end, [`InitiativesError::Asked`] when it
/// sends much, or what was sent word for word by many.
pub async fn send_from(
    ctx: &Ctx,
    room: &Room<'_>,
    (key, outside): (Uuid, &Outside),
    fields: &DossierFields,
    files: Vec<Attachment>,
) -> Result<Sent, InitiativesError> {
    if ctx.actor.role != Role::Public {
        return send(ctx, room, key, fields, files).await;
    }
    let now = ctx.now_us();
    let text = fold(&format!("{} {}", fields.title, fields.texts.join(" ")));
    let names =
        [try_of(now, "initiative", &outside.source), try_of(now, "initiative-alike", &text)];
    let [from_one, alike] = &names;
    let mut conn = room.db.read().await?;
    let n_from_one = tries::n(&mut conn, from_one).await?;
    let n_alike = tries::n(&mut conn, alike).await?;
    drop(conn);
    // The same form again is answered as before, however much has come since.
    let is_known = super::send::is_known(room, key).await?;
    if n_from_one >= MOST_AN_HOUR && !is_known {
        return Err(InitiativesError::TooOften);
    }
    let form = hash_of(&format!("initiative\n{key}"));
    let is_calm = n_from_one < MANY_FROM_ONE
        && n_alike < MANY_ALIKE
        && n_links(&fields.texts.join(" ")) < MANY_LINKS;
    if !is_calm && !is_known && !is_answered(room.keys, now, &form, &outside.answered) {
        return Err(InitiativesError::Asked(ask(room.keys, now, &form)?));
    }
    let sent = send_as(ctx, room, key, (fields, files), outside.citizen).await?;
    if !sent.is_again {
        let mut conn = room.db.write().await?;
        for name in &names {
            tries::count(&mut conn, name, now).await?;
        }
        conn.commit().await?;
    }
    Ok(sent)
}
