//! Another address, another section. Old addresses lead to the item for ever, each of them in one leap.

use sauro_kernel::{Ctx, PortalItemId, SectionId};
use sauro_store::Db;
use serde_json::json;

use super::around::around;
use super::hold::Hold;
use crate::model::{Act, Audience, Item, State, may, slug_of};
use crate::{PortalError, store};

/// Gives the item the address made of `typed`.
///
/// # Errors
///
/// [`PortalError::Invalid`] without a letter in it, or when it leads to another item;
/// [`PortalError::Stale`], [`PortalError::Denied`] and [`PortalError::NotFound`] as with every step.
pub async fn rename(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (PortalItemId, i64),
    typed: &str,
) -> Result<Item, PortalError> {
    let slug = slug_of(typed).ok_or_else(|| {
        PortalError::of_field("dia-chi", "Nhập địa chỉ bằng chữ và số, ví dụ ket-qua-quy-iv.")
    })?;
    let mut conn = db.write().await?;
    let mut hold = Hold::take(ctx, &mut conn, id, (Act::Move, Some(stamp))).await?;
    if hold.item.slug == slug {
        return Ok(hold.item);
    }
    if !store::addresses::claim(&mut conn, &slug, id).await? {
        let words = "Địa chỉ này đang dẫn đến bài khác. Thêm một từ cho khác đi.";
        return Err(PortalError::of_field("dia-chi", words));
    }
    let before = hold.item.path();
    hold.item.slug = slug;
    store::links::shake(&mut conn, id).await?;
    hold.item.changed_at = ctx.now_us();
    hold.keep(ctx, &mut conn).await?;
    let data = json!({ "before": before, "around": around(&mut conn, id).await? });
    hold.tell(ctx, &mut conn, ("PortalItemMoved", data)).await?;
    conn.commit().await?;
    Ok(hold.item)
}

/// Puts the item into another section in which the caller edits.
///
/// # Errors
///
/// As [`rename`].
pub async fn move_to_section(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (PortalItemId, i64),
    section: SectionId,
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let mut hold = Hold::take(ctx, &mut conn, id, (Act::Move, Some(stamp))).await?;
    let found = store::sections::find(&mut conn, section).await?;
    let found = found.filter(|it| {
        let relation = ctx.actor.relation_to(it.over());
        let who = Audience { role: ctx.actor.role, relation, is_author: false, has_vetted: false };
        may(Act::HandUp, State::Editing, who, &it.roles)
    });
    let Some(section) = found else {
        let words = "Chọn chuyên mục mà chức danh này được biên tập.";
        return Err(PortalError::of_field("chuyen-muc", words));
    };
    let before = hold.item.section;
    hold.item.section = section.id;
    hold.item.agency = section.agency;
    hold.item.agency_path = section.agency_path.clone();
    hold.keep(ctx, &mut conn).await?;
    hold.tell(ctx, &mut conn, ("PortalItemMoved", json!({ "section_before": before }))).await?;
    conn.commit().await?;
    Ok(hold.item)
}
