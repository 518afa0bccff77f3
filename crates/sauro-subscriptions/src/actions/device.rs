use sauro_journal::Event;
use sauro_kernel::{Ctx, SubscriptionId};
use sauro_store::flood::try_of;
use sauro_store::tries;
use serde_json::json;

use super::ask::{MOST_AN_HOUR, TOO_MANY, mark_of, sealed};
use super::end::{Why, end};
use super::link::link_of;
use super::{Office, digest};
use crate::model::{
    CONSENT, Contact, Device, EndpointFault, Rhythm, Subject, Subscription, Way, WishFields,
    device_of, written,
};
use crate::{SubscriptionsError, store};

/// A device as its browser tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFields {
    /// Where its push server takes messages for it.
    pub endpoint: String,
    /// Its public key.
    pub p256dh: String,
    /// What it shares with this server.
    pub auth: String,
    /// Codes of subjects.
    pub subjects: Vec<String>,
}

/// Tells a device from now on, from `source` as the server sees it. Its browser has asked whoever holds it, and whoever
/// knows its address may change what it is told. Answers the link by which they come back.
///
/// # Errors
///
/// [`SubscriptionsError::Invalid`] with every fault, also for an address in a private network unless `may_be_private`,
/// and when one place asks without end.
pub async fn subscribe_device(
    ctx: &Ctx,
    office: &Office,
    (source, may_be_private): (&str, bool),
    fields: &DeviceFields,
) -> Result<String, SubscriptionsError> {
    let topics = office.topics().await?;
    let known = |it: Subject| office.name_of(it, &topics).is_some();
    let typed = WishFields {
        rhythm: Rhythm::Now.word().to_owned(),
        subjects: fields.subjects.clone(),
        ..WishFields::default()
    };
    let wish = typed.wish(known).map_err(SubscriptionsError::Invalid)?;
    let told = (fields.endpoint.as_str(), fields.p256dh.as_str(), fields.auth.as_str());
    let device = device_of(told, may_be_private).map_err(said)?;
    let contact = Contact::Push(device);
    let mark = mark_of(office, &contact);
    let mut conn = office.db.write().await?;
    let now = ctx.now_us();
    let n_asked = tries::count(&mut conn, &try_of(now, "subscribe", source), now).await?;
    if n_asked > MOST_AN_HOUR {
        conn.commit().await?;
        return Err(SubscriptionsError::of_field("may", TOO_MANY));
    }
    let found = store::subscriptions::by_mark(&mut conn, &mark).await?;
    let id = found.as_ref().map_or_else(|| SubscriptionId(ctx.ids.fresh()), |it| it.id);
    let mut it = Subscription {
        id,
        way: Way::Push,
        sealed: sealed(office, id, &contact)?,
        rhythm: wish.rhythm,
        wanted: wish.subjects,
        consent: CONSENT.to_owned(),
        asked_at: now,
        confirmed_at: Some(now),
        told_n: 0,
        next_at: None,
    };
    let n = store::news::last_n(&mut conn).await?;
    digest::begin(ctx, office, &mut it, n);
    if found.is_some() {
        store::subscriptions::update(&mut conn, &it, None).await?;
    } else if !store::subscriptions::insert(&mut conn, &it, (&mark, None)).await? {
        // The same browser asked twice at once; the other request has done it.
        return Err(SubscriptionsError::of_field(
            "may",
            "Máy này vừa được đăng ký. Tải lại trang.",
        ));
    }
    store::subjects::set(&mut conn, &it, n).await?;
    let data = json!({ "way": it.way.code(), "n_subjects": it.wanted.len() });
    let event = Event::new("SubscriptionConfirmed", "subscription", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(link_of(&office.keys, id))
}

/// Tells the device at `endpoint` nothing more. Answers whether it was told anything before.
///
/// # Errors
///
/// The store's.
pub async fn leave_device(
    ctx: &Ctx,
    office: &Office,
    endpoint: &str,
) -> Result<bool, SubscriptionsError> {
    let (p256dh, auth) = (String::new(), String::new());
    let device = Device { endpoint: written(endpoint), p256dh, auth };
    let mark = mark_of(office, &Contact::Push(device));
    let mut conn = office.db.write().await?;
    let Some(it) = store::subscriptions::by_mark(&mut conn, &mark).await? else {
        return Ok(false);
    };
    let had = end(ctx, &mut conn, it.id, Why::Left).await?;
    conn.commit().await?;
    Ok(had)
}

fn said(fault: EndpointFault) -> SubscriptionsError {
    let words = match fault {
        EndpointFault::Private => {
            "Máy chủ đẩy của máy này nằm trong mạng riêng, chưa được phép gọi."
        }
        EndpointFault::Address | EndpointFault::Keys => {
            "Trình duyệt chưa cho địa chỉ nhận thông báo hợp lệ. Tải lại trang rồi làm lại."
        }
    };
    SubscriptionsError::of_field("may", words)
}
