//! Where the words of public items lead, and whether something is there.

use std::collections::HashMap;

use sauro_kernel::{Ctx, PortalItemId, Right};
use sauro_store::{Conn, Db};

use super::outside::AddressRoom;
use crate::model::{Content, Item, Link, links_of, slug_in};
pub use crate::store::links::Broken;
use crate::store::links::Due;
use crate::{PortalError, store};

/// Links looked at in one go.
const AT_ONCE: u16 = 200;

/// Links of one item that are kept.
const MOST: usize = 2_000;

/// Links that the desk shows.
const SHOWN: u16 = 200;

/// What is whole is looked at again after this long, for what nobody tells us of; in microseconds.
const WHOLE_US: i64 = 30 * 86_400_000_000;

/// What is broken is looked at again in the next night.
const BROKEN_US: i64 = 12 * 3_600_000_000;

/// Keeps where the words of `item` lead, as everybody reads them.
pub(super) async fn keep_links(
    conn: &mut Conn,
    item: PortalItemId,
    content: &Content,
) -> Result<(), PortalError> {
    // What is named may come later, under the word that it is named by.
    let named = |it: Link| {
        let slug = slug_in(&it.href).unwrap_or_default().to_owned();
        (it, slug)
    };
    let links: Vec<(Link, String)> = links_of(content).into_iter().take(MOST).map(named).collect();
    store::links::set(conn, item, &links).await?;
    Ok(())
}

/// Links of the caller's agency that lead nowhere, and how many of all links are still to be looked at.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not see drafts of the portal.
pub async fn broken_links(ctx: &Ctx, db: &Db) -> Result<(Vec<Broken>, i64), PortalError> {
    ctx.require(Right::SeePortal, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let broken = store::links::broken(&mut conn, ctx.actor.agency, SHOWN).await?;
    Ok((broken, store::links::waiting(&mut conn).await?))
}

/// Looks at the links that are due by `until`, at most so many as are taken in one go: each address is asked for
/// once. Answers how many links were looked at.
///
/// # Errors
///
/// The store's; what was found stays.
pub async fn look_at_links(
    ctx: &Ctx,
    db: &Db,
    room: &AddressRoom,
    until: i64,
) -> Result<usize, PortalError> {
    let mut conn = db.read().await?;
    let due = store::links::due(&mut conn, until, AT_ONCE).await?;
    let mut asked: Vec<(Due, String)> = Vec::with_capacity(due.len());
    for it in due {
        let path = match it.href.strip_prefix('#') {
            Some(_) => store::items::find(&mut conn, it.item).await?.map(|one| one.path()),
            None => Some(String::new()),
        };
        let address = format!("{}{}", path.unwrap_or_default(), it.href);
        asked.push((it, address));
    }
    // What is asked for takes its own time, and nothing is held meanwhile.
    drop(conn);
    let mut found: HashMap<String, String> = HashMap::new();
    for (_, address) in &asked {
        if !found.contains_key(address) {
            let fault = room.0.fault(address).await.unwrap_or_default();
            found.insert(address.clone(), fault);
        }
    }
    let mut conn = db.write().await?;
    for (it, address) in &asked {
        let fault = found.get(address).map(String::as_str).unwrap_or_default();
        let pause = if fault.is_empty() { WHOLE_US } else { BROKEN_US };
        store::links::looked(&mut conn, it, (fault, ctx.now_us() + pause)).await?;
    }
    conn.commit().await?;
    Ok(asked.len())
}

/// Whether links are to be looked at as soon as somebody can.
///
/// # Errors
///
/// The store's.
pub async fn has_urgent_links(db: &Db) -> Result<bool, PortalError> {
    Ok(store::links::waiting(&mut db.read().await?).await? > 0)
}

/// Whoever has the night and is not heard of for so long has lost it, in microseconds.
const SILENT_US: i64 = 600_000_000;

/// Takes this night's look at links for the caller. Answers false when it is done, or another is at it.
///
/// # Errors
///
/// The store's.
pub async fn take_night(ctx: &Ctx, db: &Db) -> Result<bool, PortalError> {
    let mut conn = db.write().await?;
    let now = ctx.now_us();
    let is_taken = store::links::take_night(&mut conn, ctx.today(), (now, now - SILENT_US)).await?;
    conn.commit().await?;
    Ok(is_taken)
}

/// Says that the caller is still at this night's look, or has ended it.
///
/// # Errors
///
/// The store's.
pub async fn tell_night(ctx: &Ctx, db: &Db, has_ended: bool) -> Result<(), PortalError> {
    let mut conn = db.write().await?;
    store::links::tell_night(&mut conn, ctx.today(), (ctx.now_us(), has_ended)).await?;
    conn.commit().await?;
    Ok(())
}

/// The items whose words lead to `item`: id, title, how many links.
pub(super) async fn leading_to(
    conn: &mut Conn,
    item: &Item,
) -> Result<Vec<(PortalItemId, String, i64)>, PortalError> {
    Ok(store::links::leading_to(conn, item.id).await?)
}
