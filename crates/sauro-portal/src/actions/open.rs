//! Who has an item open to write. It keeps nobody from writing: two who write lose nothing anyway. It says whom to ask.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::hold::Hold;
use crate::model::{Act, HOLD_US, Holder};
use crate::{PortalError, store};

/// Says that the caller has `id` open. Answers whoever else has it, if somebody does.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] when it can no longer be written.
pub async fn hold_open(
    ctx: &Ctx,
    db: &Db,
    id: PortalItemId,
) -> Result<Option<Holder>, PortalError> {
    let mut conn = db.write().await?;
    Hold::look(ctx, &mut conn, id, Act::Write).await?;
    let other = claim(ctx, &mut conn, id).await?;
    conn.commit().await?;
    Ok(other)
}

/// The same within a transaction.
pub(super) async fn claim(
    ctx: &Ctx,
    conn: &mut Conn,
    id: PortalItemId,
) -> Result<Option<Holder>, PortalError> {
    let now = ctx.now_us();
    if store::holders::claim(conn, id, (&holder(ctx), now - HOLD_US)).await? {
        return Ok(None);
    }
    Ok(store::holders::find(conn, id).await?)
}

/// Writes on in the place of whoever has `id` open, and leaves a trace of it.
///
/// # Errors
///
/// As [`hold_open`].
pub async fn take_over(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<(), PortalError> {
    let mut conn = db.write().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::TakeOver).await?;
    let before = store::holders::find(&mut conn, id).await?;
    let before = before.filter(|it| it.account != ctx.actor.account && it.is_there(ctx.now_us()));
    store::holders::release(&mut conn, id).await?;
    claim(ctx, &mut conn, id).await?;
    // Nobody else was there any longer: nothing was taken from anybody.
    if let Some(before) = before {
        let data = json!({ "before": before.author, "since": before.since });
        hold.tell(ctx, &mut conn, ("PortalItemTakenOver", data)).await?;
    }
    conn.commit().await?;
    Ok(())
}

fn holder(ctx: &Ctx) -> Holder {
    let now = ctx.now_us();
    let (account, author) = (ctx.actor.account, ctx.actor.display_name.clone());
    Holder { account, author, since: now, seen_at: now }
}
