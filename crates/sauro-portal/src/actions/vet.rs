//! The legal opinion on what is to go out, and what a leader waits for before it does.

use sauro_kernel::Ctx;
use sauro_store::Conn;
use serde_json::json;

use super::hold::Hold;
use super::step::{Told, moved, needed};
use super::translate::stands_beside;
use crate::model::{LegalOpinion, State, prose};
use crate::{PortalError, store};

/// Nothing stands against what is held.
pub(super) async fn agree(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
    typed: &str,
) -> Result<Told, PortalError> {
    let mut faults = Vec::new();
    let words = prose("phap-che", "ý kiến pháp chế", typed, 2_000, &mut faults);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    give(ctx, conn, hold, (true, words)).await?;
    let is_correction = hold.item.state == State::Revetting;
    let state = if is_correction { State::Rechecking } else { State::Waiting };
    Ok(moved(hold, state, "PortalOpinionAgreed"))
}

/// What is held has to be changed as `typed` says.
pub(super) async fn object(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
    typed: &str,
) -> Result<Told, PortalError> {
    let words = needed("phap-che", "điều cần sửa", typed)?;
    hold.item.reason.clone_from(&words);
    give(ctx, conn, hold, (false, words)).await?;
    let is_correction = hold.item.state == State::Revetting;
    let state = if is_correction { State::Correcting } else { State::Editing };
    let (kind, _) = moved(hold, state, "PortalOpinionObjected");
    Ok((kind, json!({ "writers": hold.writers() })))
}

async fn give(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &Hold,
    (agrees, body): (bool, String),
) -> Result<(), PortalError> {
    let opinion = LegalOpinion {
        n: hold.item.version_n,
        agrees,
        body,
        author: ctx.actor.display_name.clone(),
        at: ctx.now_us(),
    };
    let key = (ctx.ids.fresh(), hold.item.id, ctx.actor.account);
    store::legal::insert(conn, key, &opinion).await?;
    Ok(())
}

/// Whether everything that the section asks for is there, so that a leader may let out what is held.
pub(super) async fn is_ripe(conn: &mut Conn, hold: &Hold) -> Result<(), PortalError> {
    let item = &hold.item;
    stands_beside(conn, item).await?;
    // The section may have begun to ask for it, or the item may have come to it, after it was handed up.
    if hold.section.roles.needs_vetting()
        && !store::legal::agrees_to(conn, item.id, item.version_n).await?
    {
        return Err(PortalError::NotNow(
            "Chuyên mục này cần ý kiến pháp chế trước khi duyệt. Trả lại để biên tập trình xin ý kiến.",
        ));
    }
    if hold.section.must_settle {
        let open = store::comments::open_of(conn, &[item.id]).await?;
        if let Some((_, n)) = open.first() {
            let words = format!("Còn {n} góp ý chưa xong. Xem lại và đánh dấu xong rồi duyệt.");
            return Err(PortalError::of_field("viec", words));
        }
    }
    Ok(())
}
