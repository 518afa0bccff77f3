//! What somebody is writing, kept every few seconds beside the versions.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::Db;

use super::hold::Hold;
use super::open::claim;
use crate::model::{Act, Fields};
use crate::store::drafts::Draft;
use crate::{PortalError, store};

/// Letters of a draft beyond which it is no longer somebody typing.
const MOST_BYTES: usize = 4 << 20;

/// Keeps what the caller has typed so far, begun from the version `base_n`. It is no version: nobody else's words
/// are touched and nothing in it has to be right. That is why the journal does not hear of it.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] when it can no longer be written,
/// [`PortalError::Invalid`] when it is too large to keep.
pub async fn keep_draft(
    ctx: &Ctx,
    db: &Db,
    (id, base_n): (PortalItemId, i64),
    fields: &Fields,
) -> Result<(), PortalError> {
    let n_bytes: usize = fields.blocks.iter().map(|it| it.text.len() + it.more.len()).sum();
    if n_bytes > MOST_BYTES {
        let words = "Bài quá dài để lưu nháp. Chia thành nhiều bài, hoặc để phần dài trong tệp.";
        return Err(PortalError::of_field("khoi-1", words));
    }
    let mut conn = db.write().await?;
    Hold::look(ctx, &mut conn, id, Act::Write).await?;
    claim(ctx, &mut conn, id).await?;
    let draft = Draft {
        account: ctx.actor.account,
        author: ctx.actor.display_name.clone(),
        base_n,
        fields: fields.clone(),
        at: ctx.now_us(),
    };
    store::drafts::keep(&mut conn, id, &draft).await?;
    conn.commit().await?;
    Ok(())
}

/// Drops what the caller has typed and not kept as a version.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn drop_draft(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<(), PortalError> {
    let mut conn = db.write().await?;
    Hold::look(ctx, &mut conn, id, Act::Look).await?;
    store::drafts::drop_of(&mut conn, id, ctx.actor.account).await?;
    conn.commit().await?;
    Ok(())
}
