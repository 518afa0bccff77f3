use sauro_journal::Event;
use sauro_kernel::Ctx;
use sauro_store::Conn;
use serde_json::json;

use super::link::{hash_of, link_of};
use super::{Office, digest};
use crate::model::{CONFIRM_HOURS, Subscription};
use crate::{SubscriptionsError, store};

/// What the link confirms, while it does.
///
/// # Errors
///
/// [`SubscriptionsError::NotFound`] for a link that confirms nothing, or nothing any more;
/// [`SubscriptionsError::Expired`] when it came too late.
pub async fn awaiting(
    ctx: &Ctx,
    office: &Office,
    link: &str,
) -> Result<Subscription, SubscriptionsError> {
    found(ctx, &mut office.db.read().await?, link).await
}

/// Confirms that the address is theirs, by the link in the letter. Answers the link by which they come back.
///
/// # Errors
///
/// As [`awaiting`].
pub async fn confirm(ctx: &Ctx, office: &Office, link: &str) -> Result<String, SubscriptionsError> {
    let mut conn = office.db.write().await?;
    let id = found(ctx, &mut conn, link).await?.id;
    let taken = store::subscriptions::take(&mut conn, id).await?;
    let taken = taken.filter(|it| it.confirmed_at.is_none());
    let mut it = taken.ok_or(SubscriptionsError::NotFound)?;
    it.confirmed_at = Some(ctx.now_us());
    let n = store::news::last_n(&mut conn).await?;
    digest::begin(ctx, office, &mut it, n);
    store::subscriptions::update(&mut conn, &it, None).await?;
    store::subjects::set(&mut conn, &it, n).await?;
    let data = json!({ "rhythm": it.rhythm.code(), "n_subjects": it.wanted.len() });
    let event = Event::new("SubscriptionConfirmed", "subscription", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(link_of(&office.keys, id))
}

async fn found(ctx: &Ctx, conn: &mut Conn, link: &str) -> Result<Subscription, SubscriptionsError> {
    let found = store::subscriptions::by_confirm_hash(conn, &hash_of(link)).await?;
    let it = found.ok_or(SubscriptionsError::NotFound)?;
    let age = ctx.now_us() - it.asked_at;
    if age > CONFIRM_HOURS * 3_600_000_000 { Err(SubscriptionsError::Expired) } else { Ok(it) }
}
