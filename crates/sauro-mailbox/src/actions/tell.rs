use sauro_journal::Entry;
use sauro_kernel::{Ctx, MailId, PetitionId};
use sauro_petitions::actions::{by_mail, merged_into};
use sauro_store::{Conn, FileHash, Keys};

use crate::model::{About, LetterKind};
use crate::store::letters::{NewLetter, sealed};
use crate::{MailboxError, store};

/// Cases merged into another that are looked up at once.
const AT_ONCE: u16 = 200;

/// Something that a sender is to be told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    kind: LetterKind,
    petition: PetitionId,
    cause: [u8; 32],
}

/// Whom `entry` of the journal is to be told by mail: of a case that came by mail its sender, when there is an
/// answer, something is asked, or it was merged into another; of an answer also those whose case was merged into
/// the answered one.
///
/// # Errors
///
/// [`MailboxError::Denied`] for everybody but the machine room.
pub async fn letters_about(
    ctx: &Ctx,
    conn: &mut Conn,
    keys: &Keys,
    entry: &Entry,
) -> Result<Vec<Told>, MailboxError> {
    let kind = match entry.kind.as_str() {
        "PetitionAnswered" => LetterKind::Answered,
        "PetitionMoreAsked" => LetterKind::Asked,
        "PetitionMerged" => LetterKind::Merged,
        _ => return Ok(Vec::new()),
    };
    let id = entry.subject.strip_prefix("petition/").and_then(|it| it.parse().ok());
    let Some(id) = id.map(PetitionId) else { return Ok(Vec::new()) };
    let cases = match kind {
        LetterKind::Answered => answered_with(ctx, conn, id).await?,
        _ => vec![id],
    };
    let mut told = Vec::new();
    for petition in cases {
        if by_mail(ctx, conn, keys, petition).await?.is_some() {
            let cause = FileHash::of(format!("{} {petition}", entry.id.0).as_bytes()).0;
            told.push(Told { kind, petition, cause });
        }
    }
    Ok(told)
}

/// The case `id`, and all that were merged into it.
async fn answered_with(
    ctx: &Ctx,
    conn: &mut Conn,
    id: PetitionId,
) -> Result<Vec<PetitionId>, MailboxError> {
    let mut cases = vec![id];
    let mut after = None;
    loop {
        let some = merged_into(ctx, conn, id, (after, AT_ONCE)).await?;
        after = some.last().copied();
        let is_last = some.len() < usize::from(AT_ONCE);
        cases.extend(some);
        if is_last {
            return Ok(cases);
        }
    }
}

/// Writes the letters, each once, in the transaction that remembers that they were thought of.
///
/// # Errors
///
/// [`MailboxError::Denied`] for everybody but the machine room.
pub async fn write_letters(
    ctx: &Ctx,
    conn: &mut Conn,
    keys: &Keys,
    told: &[Told],
) -> Result<(), MailboxError> {
    super::require_machine_room(ctx)?;
    for it in told {
        let id = MailId(ctx.ids.fresh());
        let sealed = sealed(keys, id, &About::default())?;
        let letter = NewLetter { id, kind: it.kind, petition: Some(it.petition), sealed };
        store::letters::insert(conn, &it.cause, &letter, ctx.now_us()).await?;
    }
    Ok(())
}
