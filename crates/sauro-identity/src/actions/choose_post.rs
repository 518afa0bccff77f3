use sauro_journal::{Event, append};
use sauro_kernel::{Ctx, PostId};
use serde_json::json;

use crate::secret::token;
use crate::store::{accounts, posts, sessions};
use crate::{Identity, IdentityError};

/// Lets the caller act from another of their own seats, in the session of `token`.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for a seat that is not the caller's or not valid today.
pub async fn choose_post(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    post: PostId,
) -> Result<(), IdentityError> {
    let hash = token::hash(token);
    let mut conn = identity.db.write().await?;
    let session = sessions::find(&mut conn, &hash, ctx.now_us()).await?;
    let is_own_session = session.is_some_and(|it| it.account_id == ctx.actor.account.0);
    let seat = posts::find(&mut conn, post).await?;
    let is_own_seat = |seat: &crate::model::Seat| {
        seat.account == ctx.actor.account && seat.is_valid_on(ctx.today())
    };
    let Some(seat) = seat.filter(is_own_seat).filter(|_| is_own_session) else {
        return Err(IdentityError::NotFound("seat"));
    };
    let account = accounts::find(&mut conn, seat.account).await?;
    let name = account.map(|it| it.display_name).unwrap_or_default();
    sessions::update_post(&mut conn, &hash, post).await?;
    let data = json!({ "from": ctx.actor.post, "to": post });
    let ctx = Ctx { actor: seat.actor(&name), ..ctx.clone() };
    append(&mut conn, &ctx, Event::new("SeatChosen", "account", seat.account, data)).await?;
    conn.commit().await?;
    identity.forget(&hash);
    Ok(())
}
