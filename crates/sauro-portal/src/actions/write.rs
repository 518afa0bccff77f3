//! Another version.

use sauro_kernel::{AgencyId, Ctx, PortalItemId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::hold::Hold;
use crate::model::{Act, Content, Fields, Item, Version};
use crate::store::picture_uses::Place;
use crate::{PortalError, store};

/// Keeps what was typed as the version after `base_n`. Where the item stands and what its address is does not
/// matter: whoever moved it meanwhile changed no words.
///
/// # Errors
///
/// [`PortalError::Stale`] when somebody else kept a version since, or it can no longer be written;
/// [`PortalError::Invalid`] with every fault; [`PortalError::NotFound`] for another agency's.
pub async fn write(
    ctx: &Ctx,
    db: &Db,
    (id, base_n): (PortalItemId, i64),
    fields: &Fields,
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let mut hold = Hold::take(ctx, &mut conn, id, (Act::Write, None)).await?;
    if hold.item.version_n != base_n {
        return Err(PortalError::Stale);
    }
    let content = fields.read(hold.item.kind).map_err(PortalError::Invalid)?;
    files_are_here(&mut conn, &hold.item, &content).await?;
    add(ctx, &mut conn, &mut hold, (content, "")).await?;
    store::drafts::drop_of(&mut conn, id, ctx.actor.account).await?;
    hold.keep(ctx, &mut conn).await?;
    hold.tell(ctx, &mut conn, ("PortalVersionKept", json!({}))).await?;
    conn.commit().await?;
    Ok(hold.item)
}

/// Adds `content` as the newest version of what is held.
pub(super) async fn add(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
    (mut content, note): (Content, &str),
) -> Result<(), PortalError> {
    content.mark(|| fresh_mark(ctx));
    hold.item.version_n += 1;
    hold.item.title = content.title.clone();
    let version = Version {
        n: hold.item.version_n,
        content,
        account: ctx.actor.account,
        author: ctx.actor.display_name.clone(),
        at: ctx.now_us(),
        note: note.to_owned(),
    };
    store::versions::insert(conn, hold.item.id, &version).await?;
    let shown = version.content.pictures();
    store::picture_uses::set(conn, hold.item.id, (Place::Newest, &shown)).await?;
    Ok(())
}

/// A mark that no block has.
pub(super) fn fresh_mark(ctx: &Ctx) -> String {
    let id = ctx.ids.fresh().simple().to_string();
    id.chars().skip(22).collect()
}

/// A block leads to files of its own item alone: another's may not be public. Pictures are those of the agency.
pub(super) async fn files_are_here(
    conn: &mut Conn,
    item: &Item,
    content: &Content,
) -> Result<(), PortalError> {
    pictures_are_here(conn, item.agency, content).await?;
    let wanted = content.files();
    if wanted.is_empty() {
        return Ok(());
    }
    let there = store::files::of_item(conn, item.id).await?;
    match wanted.iter().all(|it| there.iter().any(|file| file.id == *it)) {
        true => Ok(()),
        false => Err(PortalError::of_field(
            "khoi-1",
            "Có khối chọn tệp không thuộc bài này. Chọn lại tệp.",
        )),
    }
}

/// Every picture of `content` is in the library of `agency`, and stays there until this transaction has ended.
async fn pictures_are_here(
    conn: &mut Conn,
    agency: AgencyId,
    content: &Content,
) -> Result<(), PortalError> {
    let mut wanted = content.pictures();
    // Two who take several take them in one order, so that neither waits for the other for ever.
    wanted.sort();
    for id in wanted {
        let found = store::pictures::take(conn, id).await?;
        if found.is_some_and(|it| it.agency == agency && it.removed_at.is_none()) {
            continue;
        }
        let at = content.blocks.iter().position(|it| it.picture() == Some(id)).unwrap_or_default();
        let words =
            format!("Khối {}: ảnh không có trong kho ảnh của cơ quan. Chọn ảnh khác.", at + 1);
        return Err(PortalError::of_field(&format!("khoi-{}", at + 1), words));
    }
    Ok(())
}
