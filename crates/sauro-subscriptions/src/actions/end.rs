use sauro_journal::Event;
use sauro_kernel::{Ctx, SubscriptionId};
use sauro_store::Conn;
use serde_json::json;

use super::Office;
use super::link::id_of_link;
use crate::model::CONFIRM_HOURS;
use crate::{SubscriptionsError, store};

/// Rows forgotten in one transaction.
const AT_ONCE: u16 = 200;

/// Letters that ended are forgotten after this long, in microseconds: thirty days.
const KEPT: i64 = 30 * 24 * 3_600_000_000;

/// Why a subscription ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Its owner left.
    Left,
    /// It was not confirmed in time.
    Unconfirmed,
    /// The mail server takes nothing for the address, or the push server knows the device no more.
    Gone,
}

impl Why {
    fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Unconfirmed => "unconfirmed",
            Self::Gone => "gone",
        }
    }
}

/// Leaves: whoever has the `link` is told nothing more, and their address is erased. Answers whether there was anything
/// to leave; leaving twice is no fault.
///
/// # Errors
///
/// The store's.
pub async fn leave(ctx: &Ctx, office: &Office, link: &str) -> Result<bool, SubscriptionsError> {
    let Some(id) = id_of_link(&office.keys, link) else { return Ok(false) };
    let mut conn = office.db.write().await?;
    let had = end(ctx, &mut conn, id, Why::Left).await?;
    conn.commit().await?;
    Ok(had)
}

/// Erases the subscription `id` with all that belongs to it. Answers whether there was one.
pub(crate) async fn end(
    ctx: &Ctx,
    conn: &mut Conn,
    id: SubscriptionId,
    why: Why,
) -> Result<bool, SubscriptionsError> {
    let Some(it) = store::subscriptions::take(conn, id).await? else { return Ok(false) };
    if why == Why::Unconfirmed && it.confirmed_at.is_some() {
        return Ok(false);
    }
    store::subjects::take_out(conn, id, it.way).await?;
    store::letters::remove_of(conn, id).await?;
    store::subscriptions::remove(conn, id).await?;
    let data = json!({ "way": it.way.code(), "why": why.word() });
    let event = Event::new("SubscriptionEnded", "subscription", id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(true)
}

/// Forgets addresses that nobody confirmed in time, and letters that ended long ago. Answers how many addresses.
///
/// # Errors
///
/// [`SubscriptionsError::Denied`] for everybody but the machine room; the store's.
pub async fn forget_old(ctx: &Ctx, office: &Office) -> Result<usize, SubscriptionsError> {
    super::require_machine_room(ctx)?;
    let now = ctx.now_us();
    let before = now - CONFIRM_HOURS * 3_600_000_000;
    let mut n = 0;
    loop {
        let ids = store::subscriptions::unconfirmed(&mut office.db.read().await?, before, AT_ONCE)
            .await?;
        if ids.is_empty() {
            break;
        }
        let mut conn = office.db.write().await?;
        for id in &ids {
            n += usize::from(end(ctx, &mut conn, *id, Why::Unconfirmed).await?);
        }
        conn.commit().await?;
        if ids.len() < usize::from(AT_ONCE) {
            break;
        }
    }
    let mut conn = office.db.write().await?;
    store::letters::forget(&mut conn, now - KEPT, AT_ONCE).await?;
    conn.commit().await?;
    Ok(n)
}
