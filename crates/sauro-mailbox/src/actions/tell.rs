use sauro_journal::Entry;
use sauro_kernel::{Ctx, MailId, PetitionId};
use sauro_petitions::actions::{ToSender, merged_into, to_sender};
use sauro_petitions::model::{Channel, Reach, Ways};
use sauro_store::{Conn, FileHash, Keys};

use super::counted::{may_write, source_of};
use crate::model::{About, GIVEN_UP_AFTER, LetterKind, Way};
use crate::store::letters::{NewLetter, sealed};
use crate::{MailboxError, store};

/// Cases merged into another that are looked up at once.
const AT_ONCE: u16 = 200;

/// Something that a sender is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    kind: LetterKind,
    way: Way,
    petition: PetitionId,
    cause: [u8; 32],
    /// Under what letters to the address are counted.
    source: [u8; 32],
}

/// Whom `entry` of the journal is to be told, on those of the `ways` that the sender left: that the case is there,
/// that something is asked, that the agency needs longer, that it was merged into another, that there is an answer,
/// and the code when it was asked for once more. Of an answer those too whose case was merged into the answered one.
///
/// # Errors
///
/// [`MailboxError::Denied`] for everybody but the machine room.
pub async fn letters_about(
    ctx: &Ctx,
    conn: &mut Conn,
    (keys, ways): (&Keys, Ways),
    entry: &Entry,
) -> Result<Vec<Told>, MailboxError> {
    // Where a way was off for long, nobody is told of what is no news.
    if ctx.clock.now() - entry.at > GIVEN_UP_AFTER {
        return Ok(Vec::new());
    }
    let kind = match entry.kind.as_str() {
        "PetitionSent" => LetterKind::Receipt,
        "PetitionAnswered" => LetterKind::Answered,
        "PetitionMoreAsked" => LetterKind::Asked,
        "PetitionExtended" => LetterKind::Extended,
        "PetitionMerged" => LetterKind::Merged,
        "PetitionCodeAsked" => LetterKind::Code,
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
        let Some(case) = to_sender(ctx, conn, keys, petition).await? else { continue };
        if !ways.has(&case.reach) || !is_news(kind, &case) {
            continue;
        }
        let (way, address) = match &case.reach {
            Reach::Mail(address) => (Way::Mail, address),
            Reach::Phone(phone) => (Way::Sms, phone),
        };
        let cause = FileHash::of(format!("{} {petition}", entry.id.0).as_bytes()).0;
        told.push(Told { kind, way, petition, cause, source: source_of(ctx, kind, address) });
    }
    Ok(told)
}

/// Whoever wrote a mail has its receipt from where it was taken in. Whoever sends by the page reads it there, so that
/// no short message is paid for what they just read; by telephone and on paper nothing is read.
fn is_news(kind: LetterKind, case: &ToSender) -> bool {
    match (kind, &case.reach) {
        (LetterKind::Receipt, _) if case.channel == Channel::Mail => false,
        (LetterKind::Receipt, Reach::Phone(_)) => case.channel.is_on_behalf(),
        _ => true,
    }
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
        if it.kind.is_counted() && !may_write(ctx, conn, &it.source).await? {
            continue;
        }
        let id = MailId(ctx.ids.fresh());
        let letter = NewLetter {
            id,
            kind: it.kind,
            way: it.way,
            petition: Some(it.petition),
            sealed: sealed(keys, id, &About::default())?,
        };
        store::letters::insert(conn, &it.cause, &letter, ctx.now_us()).await?;
    }
    Ok(())
}
