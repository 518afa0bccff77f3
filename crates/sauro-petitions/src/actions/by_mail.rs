use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, PetitionId, Right};
use sauro_papers::clean_name;
use sauro_store::{Conn, Keys};

use super::send::{FileSent, MAX_FILES, accepted};
use crate::model::{Channel, Legal, Matter, Sender};
use crate::{PetitionsError, store};

/// A file that a case comes in without: its name, and the sentence that says why.
pub type LeftOut = (String, String);

/// What is told by mail of a case that came by mail, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByMail {
    /// The address it came from.
    pub address: String,
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
    /// Who has it.
    pub holder: AgencyId,
    /// The day the sender was promised.
    pub answered_by: NaiveDate,
}

/// Parts `files` into those that [`super::send`] takes and those that it would refuse the whole form for.
pub async fn takeable(files: Vec<FileSent>) -> (Vec<FileSent>, Vec<LeftOut>) {
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for file in files {
        let name = clean_name(&file.name);
        if taken.len() == MAX_FILES {
            let words = format!("Mỗi vụ việc nhận nhiều nhất {MAX_FILES} tệp.");
            left_out.push((name, words));
            continue;
        }
        let (asked, content) = (name.clone(), file.content.clone());
        // Looking into packages and pictures takes the processor a while.
        let look = tokio::task::spawn_blocking(move || accepted(&asked, content)).await;
        match look {
            Ok(Ok(_)) => taken.push(file),
            Ok(Err(words)) => left_out.push((name, words)),
            Err(_) => left_out.push((name, "Chưa kiểm tra được tệp này.".to_owned())),
        }
    }
    (taken, left_out)
}

/// What is told by mail of the case `id`: none when it came another way, once its sender was forgotten, and where
/// the key file is not the one that the sender was sealed with.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for everybody but the machine room.
pub async fn by_mail(
    ctx: &Ctx,
    conn: &mut Conn,
    keys: &Keys,
    id: PetitionId,
) -> Result<Option<ByMail>, PetitionsError> {
    require_machine_room(ctx)?;
    let Some(case) = store::petitions::find(conn, id).await? else { return Ok(None) };
    if case.channel != Channel::Mail {
        return Ok(None);
    }
    let Some(sealed) = store::petitions::sealed(conn, id).await? else { return Ok(None) };
    let Ok(plain) = keys.open_sealed(id.0, &sealed) else { return Ok(None) };
    let Ok(sender) = serde_json::from_slice::<Sender>(&plain) else { return Ok(None) };
    Ok(Some(ByMail {
        address: sender.email,
        message_id: sender.message_id,
        code: sender.code,
        number: case.number,
        matter: case.matter,
        legal: case.legal,
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
