use sauro_journal::Event;
use sauro_kernel::{Ctx, MailId};
use sauro_store::{Conn, StoreError};
use serde_json::{Value, json};

use super::link::id_of_link;
use super::{Office, digest};
use crate::model::{Contact, LetterKind, Rhythm, Subject, Subscription, WishFields};
use crate::store::letters::NewLetter;
use crate::{SubscriptionsError, store};

/// Things looked at that are being told right now.
const AT_ONCE: u16 = 1_000;

/// A subscription as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The subscription.
    pub it: Subscription,
    /// Where they are told.
    pub contact: Contact,
}

/// The subscription of whoever has the `link`.
///
/// # Errors
///
/// [`SubscriptionsError::NotFound`] for a link that leads to nothing.
pub async fn own(office: &Office, link: &str) -> Result<Own, SubscriptionsError> {
    let id = id_of_link(&office.keys, link).ok_or(SubscriptionsError::NotFound)?;
    let found = store::subscriptions::find(&mut office.db.read().await?, id).await?;
    let found = found.filter(|it| it.confirmed_at.is_some());
    let it = found.ok_or(SubscriptionsError::NotFound)?;
    let contact = opened(office, &it)?;
    Ok(Own { it, contact })
}

/// Where `it` is told.
pub(crate) fn opened(office: &Office, it: &Subscription) -> Result<Contact, SubscriptionsError> {
    let plain = office.keys.open_sealed(it.id.0, &it.sealed)?;
    let read = serde_json::from_slice(&plain).map_err(|err| StoreError::Corrupt {
        table: "subscriptions",
        row: it.id.to_string(),
        reason: err.to_string(),
    });
    Ok(read?)
}

/// Everything kept of whoever has the `link`, for them to take along.
///
/// # Errors
///
/// As [`own`].
pub async fn own_data(office: &Office, link: &str) -> Result<Value, SubscriptionsError> {
    let Own { it, contact } = own(office, link).await?;
    let topics = office.topics().await?;
    let name = |subject: &Subject| office.name_of(*subject, &topics);
    let instant = |us: i64| chrono::DateTime::from_timestamp_micros(us).map(|it| it.to_rfc3339());
    Ok(json!({
        "way": it.way.code(),
        "contact": contact.name(),
        "rhythm": it.rhythm.code(),
        "subjects": it.wanted.iter().filter_map(name).collect::<Vec<_>>(),
        "consent": it.consent,
        "asked_at": instant(it.asked_at),
        "confirmed_at": it.confirmed_at.and_then(instant),
    }))
}

/// Changes what whoever has the `link` is told of, and how often. What is gathered already still comes, once.
///
/// # Errors
///
/// As [`own`]; [`SubscriptionsError::Invalid`] with every fault.
pub async fn change(
    ctx: &Ctx,
    office: &Office,
    link: &str,
    fields: &WishFields,
) -> Result<(), SubscriptionsError> {
    let id = id_of_link(&office.keys, link).ok_or(SubscriptionsError::NotFound)?;
    let topics = office.topics().await?;
    let known = |it: Subject| office.name_of(it, &topics).is_some();
    let mut conn = office.db.write().await?;
    let found = store::subscriptions::take(&mut conn, id).await?;
    let found = found.filter(|it| it.confirmed_at.is_some());
    let old = found.ok_or(SubscriptionsError::NotFound)?;
    let wish = fields.wish(known).map_err(SubscriptionsError::Invalid)?;
    let mut it = Subscription { rhythm: wish.rhythm, wanted: wish.subjects, ..old.clone() };
    let n = store::news::last_n(&mut conn).await?;
    match (old.rhythm, it.rhythm) {
        (was, is) if was == is => {}
        (Rhythm::Now, _) => {
            hand_over(ctx, &mut conn, &old, n).await?;
            digest::begin(ctx, office, &mut it, n);
        }
        (_, Rhythm::Now) => {
            gathered(ctx, &mut conn, &old, n).await?;
            digest::begin(ctx, office, &mut it, n);
        }
        (_, _) => {
            let gathered_from = it.told_n;
            digest::begin(ctx, office, &mut it, gathered_from);
        }
    }
    store::subscriptions::update(&mut conn, &it, None).await?;
    store::subjects::set(&mut conn, &it, n).await?;
    let data = json!({ "rhythm": it.rhythm.code(), "n_subjects": it.wanted.len() });
    let event = Event::new("SubscriptionChanged", "subscription", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    Ok(conn.commit().await?)
}

/// Writes the letter about what was gathered for `it` so far: from now on it is told at once of what comes after `n`.
async fn gathered(
    ctx: &Ctx,
    conn: &mut Conn,
    it: &Subscription,
    n: i64,
) -> Result<(), SubscriptionsError> {
    let range = (it.told_n, n);
    if store::news::told_to(conn, it.id, range, 1).await?.is_empty() {
        return Ok(());
    }
    let cause = format!("{} gathered {}", it.id, ctx.now_us());
    let letter = NewLetter {
        id: MailId(ctx.ids.fresh()),
        subscription: it.id,
        way: it.way,
        kind: LetterKind::News,
        cause,
        range,
        sealed: None,
    };
    Ok(store::letters::insert_many(conn, &[letter], ctx.now_us()).await?)
}

/// Writes the letters about what is being told right now and may not have come to `it` yet: from now on digests tell it
/// of what comes after `n`.
async fn hand_over(
    ctx: &Ctx,
    conn: &mut Conn,
    it: &Subscription,
    n: i64,
) -> Result<(), SubscriptionsError> {
    let going = store::news::in_state(conn, ("spreading", i64::MAX), AT_ONCE).await?;
    let mut letters = Vec::new();
    for news in going.iter().filter(|news| news.n <= n) {
        letters.push(NewLetter {
            id: MailId(ctx.ids.fresh()),
            subscription: it.id,
            way: it.way,
            kind: LetterKind::News,
            cause: format!("{} {}", news.id, it.id),
            range: (news.n - 1, news.n),
            sealed: None,
        });
    }
    Ok(store::letters::insert_many(conn, &letters, ctx.now_us()).await?)
}
