use sauro_journal::Event;
use sauro_kernel::{Ctx, MailId, SubscriptionId};
use sauro_store::flood::try_of;
use sauro_store::{Conn, tries};
use serde_json::json;

use super::Office;
use super::link::fresh_link;
use crate::model::{CONSENT, Contact, LetterKind, Subject, Subscription, Wish, WishFields};
use crate::store::letters::NewLetter;
use crate::{SubscriptionsError, store};

/// Subscriptions asked for from one place within an hour: a school or an office may share an address.
pub(super) const MOST_AN_HOUR: i64 = 20;

/// Letters that ask or remind, written to one address on one day, whoever asks for them.
const MOST_LETTERS_A_DAY: i64 = 3;

pub(super) const TOO_MANY: &str =
    "Từ nơi này vừa có rất nhiều lượt đăng ký. Chờ một giờ rồi làm lại.";

/// Asks for news by mail, from `source` as the server sees it. Nothing is told before the address is confirmed by the
/// link in the one letter that it gets. The answer is the same whether the address is known or not, and whether or not
/// it got too many letters today.
///
/// # Errors
///
/// [`SubscriptionsError::Invalid`] with every fault, also when one place asks without end.
pub async fn ask(
    ctx: &Ctx,
    office: &Office,
    source: &str,
    fields: &WishFields,
) -> Result<(), SubscriptionsError> {
    let topics = office.topics().await?;
    let known = |it: Subject| office.name_of(it, &topics).is_some();
    let (contact, wish) = fields.first(known).map_err(SubscriptionsError::Invalid)?;
    let mut conn = office.db.write().await?;
    let now = ctx.now_us();
    let n = tries::count(&mut conn, &try_of(now, "subscribe", source), now).await?;
    if n > MOST_AN_HOUR {
        conn.commit().await?;
        return Err(SubscriptionsError::of_field("thu", TOO_MANY));
    }
    let n = tries::count(&mut conn, &day_of(ctx, office, &contact), now).await?;
    if n <= MOST_LETTERS_A_DAY {
        write_to(ctx, office, &mut conn, (&contact, &wish)).await?;
    }
    Ok(conn.commit().await?)
}

/// The name under which letters to `contact` are counted today: keyed, so that it says nothing of the address.
fn day_of(ctx: &Ctx, office: &Office, contact: &Contact) -> [u8; 32] {
    let words = format!("subscription day {} {}", ctx.today(), contact.name());
    let mark = office.keys.mark(words.as_bytes());
    mark.first_chunk().copied().unwrap_or_default()
}

/// The mark by which the subscription of `contact` is found again.
pub(super) fn mark_of(office: &Office, contact: &Contact) -> Vec<u8> {
    let words = format!("subscription {} {}", contact.way().code(), contact.name());
    office.keys.mark(words.as_bytes())
}

/// `contact`, sealed for `id`.
pub(super) fn sealed(
    office: &Office,
    id: SubscriptionId,
    contact: &Contact,
) -> Result<Vec<u8>, SubscriptionsError> {
    // A contact has nothing that JSON cannot say.
    let plain = serde_json::to_vec(contact).unwrap_or_default();
    Ok(office.keys.seal(id.0, &plain)?)
}

async fn write_to(
    ctx: &Ctx,
    office: &Office,
    conn: &mut Conn,
    (contact, wish): (&Contact, &Wish),
) -> Result<(), SubscriptionsError> {
    let mark = mark_of(office, contact);
    let found = store::subscriptions::by_mark(conn, &mark).await?;
    let letter = MailId(ctx.ids.fresh());
    if let Some(it) = found.as_ref().filter(|it| it.confirmed_at.is_some()) {
        // Whoever asked may be a stranger: nothing changes.
        return write_letter(ctx, conn, it, (letter, LetterKind::Known, None)).await;
    }
    let (link, hash) = fresh_link()?;
    let id = found.as_ref().map_or_else(|| SubscriptionId(ctx.ids.fresh()), |it| it.id);
    let it = Subscription {
        id,
        way: contact.way(),
        sealed: sealed(office, id, contact)?,
        rhythm: wish.rhythm,
        wanted: wish.subjects.clone(),
        consent: CONSENT.to_owned(),
        asked_at: ctx.now_us(),
        confirmed_at: None,
        told_n: 0,
        next_at: None,
    };
    if found.is_some() {
        // A link of an older letter confirms no more what this one asks.
        store::subscriptions::update(conn, &it, Some(&hash)).await?;
    } else if !store::subscriptions::insert(conn, &it, (&mark, Some(&hash))).await? {
        // Another request for the same address was faster, and its letter is on the way.
        return Ok(());
    }
    let link = office.keys.seal(letter.0, link.as_bytes())?;
    write_letter(ctx, conn, &it, (letter, LetterKind::Confirm, Some(link))).await
}

async fn write_letter(
    ctx: &Ctx,
    conn: &mut Conn,
    it: &Subscription,
    (id, kind, sealed): (MailId, LetterKind, Option<Vec<u8>>),
) -> Result<(), SubscriptionsError> {
    let cause = format!("{} {} {id}", it.id, kind.code());
    let letter =
        NewLetter { id, subscription: it.id, way: it.way, kind, cause, range: (0, 0), sealed };
    store::letters::insert_many(conn, &[letter], ctx.now_us()).await?;
    let data = json!({
        "way": it.way.code(),
        "rhythm": it.rhythm.code(),
        "n_subjects": it.wanted.len(),
        "is_known": kind == LetterKind::Known,
    });
    let event = Event::new("SubscriptionAsked", "subscription", it.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}
