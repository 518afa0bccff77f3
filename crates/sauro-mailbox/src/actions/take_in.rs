use bytes::Bytes;
use chrono::Datelike;
use sauro_journal::Event;
use sauro_kernel::{Actor, Ctx, MailId, PetitionId, fold};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self as petitions, Answered, FileSent, House, LeftOut, Sent};
use sauro_petitions::model::{Channel, Fault, Submission};
use sauro_store::FileHash;
use serde_json::json;

use super::counted::{may_write, source_of};
use crate::model::{About, Incoming, LetterKind, Own, Skip, Way, broken, read};
use crate::store::letters::{NewLetter, sealed};
use crate::{MailboxError, store};

/// The mailbox that is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// What it knows of itself.
    pub own: Own,
    /// Code of the agency that receives what comes in, or empty: then that of the field.
    pub agency: String,
}

/// A message as the server has it.
#[derive(Debug, Clone)]
pub enum Arrived {
    /// Whole.
    Whole(Bytes),
    /// Its head alone, because it is larger than is taken; how large, in megabytes.
    TooLarge(Bytes, usize),
}

/// What a message came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is a case.
    Taken(PetitionId),
    /// It cannot be one; its sender is told why.
    Refused,
    /// Nobody wrote it.
    Skipped(Skip),
    /// Too much came from there within the hour; worth trying again later.
    Later,
}

/// What came of a message, before it is written down.
struct Came {
    outcome: Outcome,
    about: About,
}

/// Takes a message in as a case (tiếp nhận thư). The same message again, also after a crash at any moment,
/// comes to the same and writes no second letter. Nothing in a message proves who wrote it: it never leads to
/// a case that is there, whatever it says.
///
/// # Errors
///
/// [`MailboxError::Denied`] for everybody but the machine room; otherwise what the store says, and the message
/// is to be tried again.
pub async fn take_in(
    ctx: &Ctx,
    house: &House<'_>,
    mailbox: &Mailbox,
    arrived: Arrived,
) -> Result<Outcome, MailboxError> {
    super::require_machine_room(ctx)?;
    let (raw, too_large) = match arrived {
        Arrived::Whole(raw) => (raw, None),
        Arrived::TooLarge(head, megabytes) => (head, Some(megabytes)),
    };
    let own = mailbox.own.clone();
    // Large messages take the processor a while, and what no parser foresees ends there.
    let hash = FileHash::of(&raw).0;
    let incoming = tokio::task::spawn_blocking(move || read(&raw, &own)).await;
    let incoming = incoming.unwrap_or_else(|_| broken());
    let key = key_of(&incoming, &hash);
    if let Some(dealt) = store::messages::find(&mut house.db.read().await?, &key.1).await? {
        return Ok(again(&dealt, &incoming));
    }
    let came = match (incoming.skip, too_large) {
        (Some(skip), _) => Came { outcome: Outcome::Skipped(skip), about: About::default() },
        (None, Some(megabytes)) => {
            let words = format!("Thư nặng {megabytes} MB, quá lớn. Gửi lại với ít tệp hơn.");
            refused(&incoming, vec![words])
        }
        (None, None) => sent(ctx, house, mailbox, &incoming, &key.0).await?,
    };
    if came.outcome != Outcome::Later {
        record(ctx, house, &incoming, &key.1, &came).await?;
    }
    Ok(came.outcome)
}

/// What makes the same message the same: the key of its form, and the hash under which it is remembered. Whoever
/// borrows the Message-ID of somebody else's message writes another message all the same.
fn key_of(it: &Incoming, raw: &[u8; 32]) -> (String, [u8; 32]) {
    let whole = match it.skip {
        Some(Skip::Broken) => format!("{raw:?}"),
        _ => format!("{}\n{}\n{}\n{}", it.address, it.date, it.subject, it.text),
    };
    // What came by a list, and was left aside, may come from its writer as well.
    let skip = it.skip.map_or("", Skip::code);
    let key = format!("mail {skip} {} {:?}", it.message_id, FileHash::of(whole.as_bytes()).0);
    let hash = FileHash::of(key.as_bytes()).0;
    (key, hash)
}

fn again(dealt: &store::messages::Dealt, incoming: &Incoming) -> Outcome {
    match (dealt.outcome.as_str(), dealt.petition) {
        ("taken", Some(id)) => Outcome::Taken(id),
        ("skipped", _) => Outcome::Skipped(incoming.skip.unwrap_or(Skip::Broken)),
        _ => Outcome::Refused,
    }
}

fn refused(incoming: &Incoming, faults: Vec<String>) -> Came {
    let about = About {
        address: incoming.address.clone(),
        message_id: incoming.message_id.clone(),
        faults,
        left_out: Vec::new(),
    };
    Came { outcome: Outcome::Refused, about }
}

/// Sends the case, as whoever wrote the message would by the form.
async fn sent(
    ctx: &Ctx,
    house: &House<'_>,
    mailbox: &Mailbox,
    incoming: &Incoming,
    key: &str,
) -> Result<Came, MailboxError> {
    let files = incoming.files.iter();
    let files =
        files.map(|(name, content)| FileSent { name: name.clone(), content: content.clone() });
    let (files, left_out) = petitions::takeable(files.collect()).await;
    let anybody = Ctx { actor: Actor::public(), ..ctx.clone() };
    let sent = Sent {
        submission: submission(house, mailbox, incoming),
        files,
        key: key.to_owned(),
        channel: Channel::Mail,
        source: format!("mail {}", incoming.address),
        // A machine asks nobody a question by mail; the limit on one address holds.
        answered: Answered::default(),
    };
    match petitions::send(&anybody, house, sent).await {
        Ok(receipt) => Ok(Came {
            outcome: Outcome::Taken(receipt.id),
            about: About { left_out: shown(left_out), ..About::default() },
        }),
        Err(PetitionsError::Invalid(faults)) => {
            Ok(refused(incoming, faults.into_iter().map(in_a_mail).collect()))
        }
        Err(PetitionsError::TooOften) => {
            Ok(Came { outcome: Outcome::Later, about: About::default() })
        }
        Err(err) => Err(err.into()),
    }
}

fn submission(house: &House<'_>, mailbox: &Mailbox, incoming: &Incoming) -> Submission {
    let title = incoming.subject.clone();
    let is_proposal = fold(&title).starts_with("kien nghi");
    Submission {
        matter: if is_proposal { "proposal" } else { "feedback" }.to_owned(),
        title,
        body: incoming.text.clone(),
        place: house.directory.by_code(&mailbox.agency).map(|it| it.id),
        field: "khac".to_owned(),
        name: incoming.name.chars().take(200).collect(),
        contact: incoming.address.clone(),
        // Whoever writes from an address wants the answer there; that all may read it they say themselves, later.
        may_contact: true,
        message_id: incoming.message_id.clone(),
        doubt: incoming.doubt.clone(),
        ..Submission::default()
    }
}

/// Files that were left out, as many as a letter names.
fn shown(mut left_out: Vec<LeftOut>) -> Vec<LeftOut> {
    left_out.truncate(20);
    for it in &mut left_out {
        it.0 = it.0.chars().take(80).collect();
    }
    left_out
}

/// A fault of the form, said of the part of a mail that it is about.
fn in_a_mail((field, words): Fault) -> String {
    let part = match field.as_str() {
        "tom-tat" => "Dòng tiêu đề",
        "noi-dung" => "Nội dung thư",
        "ho-ten" | "lien-lac" => "Người gửi",
        _ => "Thư",
    };
    format!("{part}: {words}")
}

/// Writes down what the message came to, with the letter it is answered by, once.
async fn record(
    ctx: &Ctx,
    house: &House<'_>,
    incoming: &Incoming,
    key: &[u8; 32],
    came: &Came,
) -> Result<(), MailboxError> {
    let (outcome, reason, petition, kind) = match came.outcome {
        Outcome::Taken(id) => ("taken", "", Some(id), Some(LetterKind::Receipt)),
        Outcome::Skipped(skip) => ("skipped", skip.code(), None, None),
        Outcome::Refused | Outcome::Later => ("refused", "", None, Some(LetterKind::Refusal)),
    };
    let now = ctx.now_us();
    let mut conn = house.db.write().await?;
    if !store::messages::insert(&mut conn, key, outcome, petition, now).await? {
        return Ok(());
    }
    let today = ctx.today();
    let month = format!("{:04}-{:02}", today.year(), today.month());
    store::messages::count(&mut conn, &month, (outcome, reason)).await?;
    if let Some(kind) = kind
        && may_write(ctx, &mut conn, &source_of(ctx, kind, &incoming.address)).await?
    {
        let id = MailId(ctx.ids.fresh());
        let sealed = sealed(house.keys, id, &came.about)?;
        let letter = NewLetter { id, kind, way: Way::Mail, petition, sealed };
        store::letters::insert(&mut conn, key, &letter, now).await?;
    }
    let data = json!({ "outcome": outcome, "reason": reason });
    let subject = petition.map_or(ctx.ids.fresh(), |it| it.0);
    sauro_journal::append(&mut conn, ctx, Event::new("MessageDealtWith", "mailbox", subject, data))
        .await?;
    Ok(conn.commit().await?)
}
