//! A block of somebody's draft takes pictures of the library.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::Db;
use uuid::Uuid;

use super::hold::Hold;
use crate::model::{Act, BlockFields, Fields, Picture};
use crate::store::drafts::Draft;
use crate::{PortalError, store};

/// Pictures taken at once.
pub const MOST_PICKED: usize = 30;

/// Puts `pictures` into the block `n` of what the caller writes, each with what the library says of it where nothing
/// is said yet. Several become a grid: the first in that block, the others below.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] when it can no longer be written,
/// [`PortalError::Invalid`] when nothing was chosen or that block shows no picture.
pub async fn pick_pictures(
    ctx: &Ctx,
    db: &Db,
    (id, n): (PortalItemId, usize),
    pictures: &[Uuid],
) -> Result<(), PortalError> {
    let mut conn = db.write().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::Write).await?;
    let mut found: Vec<Picture> = Vec::with_capacity(pictures.len().min(MOST_PICKED));
    for id in pictures.iter().take(MOST_PICKED) {
        let picture = store::pictures::find(&mut conn, *id).await?;
        found.extend(picture.filter(|it| it.agency == hold.item.agency && it.removed_at.is_none()));
    }
    if found.is_empty() {
        return Err(PortalError::of_field("anh", "Chọn một ảnh, hoặc tải ảnh mới lên."));
    }
    let drafts = store::drafts::of_item(&mut conn, id).await?;
    let own = drafts.into_iter().find(|it| it.account == ctx.actor.account);
    let (mut fields, base_n) = match own {
        Some(it) => (it.fields, it.base_n),
        None => {
            let newest = hold.item.version_n;
            let version = store::versions::find(&mut conn, id, newest).await?;
            let version = version.ok_or(PortalError::NotFound("version"))?;
            (Fields::of(&version.content), newest)
        }
    };
    put(&mut fields, n, &found)?;
    let draft = Draft {
        account: ctx.actor.account,
        author: ctx.actor.display_name.clone(),
        base_n,
        fields,
        at: ctx.now_us(),
    };
    store::drafts::keep(&mut conn, id, &draft).await?;
    conn.commit().await?;
    Ok(())
}

fn put(fields: &mut Fields, n: usize, found: &[Picture]) -> Result<(), PortalError> {
    let at = n.checked_sub(1);
    let block = at.and_then(|it| fields.blocks.get_mut(it)).filter(|it| it.kind == "anh");
    let (Some(block), Some((first, others))) = (block, found.split_first()) else {
        return Err(PortalError::of_field("anh", "Khối này không còn là khối ảnh. Mở lại bài."));
    };
    block.file = first.id.to_string();
    if block.text.trim().is_empty() {
        block.text.clone_from(&first.alt);
    }
    block.is_tile |= !others.is_empty();
    let tiles = others.iter().map(|it| BlockFields {
        kind: "anh".to_owned(),
        text: it.alt.clone(),
        file: it.id.to_string(),
        is_tile: true,
        ..BlockFields::default()
    });
    fields.blocks.splice(n..n, tiles.collect::<Vec<_>>());
    Ok(())
}
