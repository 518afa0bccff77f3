//! What everybody reads: rows that follow from the version that is let out.

use std::collections::BTreeSet;

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::around::around;
use super::hold::Hold;
use super::links::keep_links;
use crate::model::{Audience, Content, Details, Kind, State, Tongue};
use crate::store::picture_uses::Place;
use crate::{PortalError, store};

/// Items let out in one look.
const AT_ONCE: u16 = 100;

/// Lets out the newest version of what is held. Answers what else shows it, or did before.
pub(super) async fn let_out(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
) -> Result<BTreeSet<String>, PortalError> {
    let mut touched = around(conn, hold.item.id).await?;
    let item = &mut hold.item;
    let version = store::versions::find(conn, item.id, item.version_n).await?;
    let content = version.ok_or(PortalError::NotFound("version"))?.content;
    let now = ctx.now_us();
    let was_out = item.live_n.is_some();
    item.live_n = Some(item.version_n);
    item.live_title = content.title.clone();
    item.live_summary = content.summary.clone();
    item.publish_at = None;
    item.published_at = item.published_at.or(Some(now));
    item.changed_at = now;
    item.state = if was_out { State::Corrected } else { State::Published };
    show(conn, hold, &content).await?;
    touched.extend(around(conn, hold.item.id).await?);
    Ok(touched)
}

/// Puts what is held where lists and filters find it.
async fn show(conn: &mut Conn, hold: &Hold, content: &Content) -> Result<(), PortalError> {
    let item = &hold.item;
    keep_links(conn, item.id, content).await?;
    store::links::shake(conn, item.id).await?;
    store::picture_uses::set(conn, item.id, (Place::Live, &content.pictures())).await?;
    // What says it again in another language stands beside its original, not beside it in lists.
    if item.tongue != Tongue::Vietnamese {
        return Ok(());
    }
    let since = item.published_at.unwrap_or_default();
    store::topics::set(conn, item.id, (&content.topics, since)).await?;
    match &content.details {
        Details::Document(it) => store::documents::set(conn, item.id, it).await?,
        Details::Consultation(it) => store::consultations::set(conn, item.id, it).await?,
        Details::None | Details::Event(_) => {}
    }
    Ok(())
}

/// Takes what is held out of lists and filters. Answers what else showed it.
pub(super) async fn take_in(conn: &mut Conn, hold: &Hold) -> Result<BTreeSet<String>, PortalError> {
    let touched = around(conn, hold.item.id).await?;
    store::topics::set(conn, hold.item.id, (&[], 0)).await?;
    store::links::set(conn, hold.item.id, &[]).await?;
    store::links::shake(conn, hold.item.id).await?;
    if hold.item.kind == Kind::Document {
        store::documents::remove(conn, hold.item.id).await?;
    }
    Ok(touched)
}

/// Lets out what was to go out by now. What is out stays out: a clock that is set back takes nothing in and lets
/// nothing out twice. Answers how many items went out.
///
/// # Errors
///
/// What the store says; what went out stays out.
pub async fn publish_due(ctx: &Ctx, db: &Db) -> Result<usize, PortalError> {
    // Looking costs others no turn to write.
    let due = store::lists::due(&mut db.read().await?, ctx.now_us(), AT_ONCE).await?;
    let mut n = 0;
    for id in due {
        n += usize::from(publish_one(ctx, db, id).await?);
    }
    Ok(n)
}

async fn publish_one(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<bool, PortalError> {
    let mut conn = db.write().await?;
    let Some(item) = store::items::take(&mut conn, id).await? else { return Ok(false) };
    // Another node was faster, or somebody thought better of it.
    if item.publish_at.is_none_or(|it| it > ctx.now_us()) {
        return Ok(false);
    }
    let section = store::sections::find(&mut conn, item.section).await?;
    let section = section.ok_or(PortalError::NotFound("section"))?;
    let relation = ctx.actor.relation_to(item.over());
    let who = Audience { role: ctx.actor.role, relation, is_author: false, has_vetted: false };
    let mut hold = Hold { item, section, who };
    let planned = hold.item.publish_at;
    let touched = let_out(ctx, &mut conn, &mut hold).await?;
    hold.keep(ctx, &mut conn).await?;
    let data = json!({ "title": hold.item.live_title, "planned_at": planned, "around": touched });
    hold.tell(ctx, &mut conn, ("PortalItemPublished", data)).await?;
    conn.commit().await?;
    Ok(true)
}
