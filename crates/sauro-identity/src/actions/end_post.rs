use chrono::Days;
use sauro_journal::{Event, append};
use sauro_kernel::{Ctx, PostId};
use serde_json::json;

use super::manage::managed_other;
use crate::store::posts;
use crate::{Identity, IdentityError};

/// Ends a seat at once: the last day it was held is yesterday. What was lent from it ends with it.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for a seat that the caller does not manage.
pub async fn end_post(ctx: &Ctx, identity: &Identity, post: PostId) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    let seat = posts::find(&mut conn, post).await?.ok_or(IdentityError::NotFound("seat"))?;
    managed_other(&mut conn, ctx, seat.account).await?;
    if seat.term.is_over(ctx.today()) {
        return Ok(());
    }
    let yesterday = ctx.today().checked_sub_days(Days::new(1)).unwrap_or_else(|| ctx.today());
    posts::update_end(&mut conn, post, yesterday).await?;
    let data = json!({ "post": post, "last_day": yesterday });
    append(&mut conn, ctx, Event::new("PostEnded", "account", seat.account, data)).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(())
}
