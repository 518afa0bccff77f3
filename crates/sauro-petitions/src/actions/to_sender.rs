use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, PetitionId, Right};
use sauro_store::{Conn, Keys};

use crate::model::{Channel, Legal, Matter, Reach, State};
use crate::{PetitionsError, store};

/// What is told of a case to whoever sent it, and on which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSender {
    /// The way that the sender left.
    pub reach: Reach,
    /// How the case came in.
    pub channel: Channel,
    /// The way is the address that the case came from by mail; every other was typed.
    pub is_own_address: bool,
    /// The Message-ID of the mail it came by, without brackets, or empty.
    pub message_id: String,
    /// The tracking code.
    pub code: String,
    /// The public number.
    pub number: String,
    /// What it is.
    pub matter: Matter,
    /// A way of the law that it belongs to instead.
    pub legal: Legal,
    /// Where it stands.
    pub state: State,
    /// It is merged into another.
    pub is_merged: bool,
    /// An answer went out.
    pub is_answered: bool,
    /// Who has it.
    pub holder: AgencyId,
    /// The day the sender was promised.
    pub answered_by: NaiveDate,
    /// Everybody may read it, with its answer.
    pub is_public: bool,
}

/// What is told of the case `id`: none where its sender left no way, once they were forgotten, and where the key
/// file is not the one that the sender was sealed with.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for everybody but the machine room.
pub async fn to_sender(
    ctx: &Ctx,
    conn: &mut Conn,
    keys: &Keys,
    id: PetitionId,
) -> Result<Option<ToSender>, PetitionsError> {
    require_machine_room(ctx)?;
    let Some(case) = store::petitions::find(conn, id).await? else { return Ok(None) };
    let Some(sealed) = store::petitions::sealed(conn, id).await? else { return Ok(None) };
    let Ok(plain) = keys.open_sealed(id.0, &sealed) else { return Ok(None) };
    let Ok(sender) = serde_json::from_slice::<crate::model::Sender>(&plain) else {
        return Ok(None);
    };
    let Some(reach) = sender.reach() else { return Ok(None) };
    Ok(Some(ToSender {
        reach,
        is_own_address: case.channel == Channel::Mail && !sender.is_retyped,
        is_public: case.is_public(),
        channel: case.channel,
        message_id: sender.message_id,
        code: sender.code,
        number: case.number,
        matter: case.matter,
        legal: case.legal,
        state: case.flow.state,
        is_merged: case.merged_into.is_some(),
        is_answered: case.answered_at.is_some(),
        holder: case.holder,
        answered_by: case.citizen_due_on,
    }))
}

/// The cases merged into `id` that come after `after`, at most `limit`: what answers it answers them.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for everybody but the machine room.
pub async fn merged_into(
    ctx: &Ctx,
    conn: &mut Conn,
    id: PetitionId,
    (after, limit): (Option<PetitionId>, u16),
) -> Result<Vec<PetitionId>, PetitionsError> {
    require_machine_room(ctx)?;
    Ok(store::lists::merged_after(conn, id, after, limit).await?)
}

/// Only the machine room has every right: whoever else reads cases goes by its scope.
fn require_machine_room(ctx: &Ctx) -> Result<(), PetitionsError> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    Ok(())
}
