use sauro_kernel::{Actor, Ctx};

use crate::secret::token;
use crate::store::sessions;
use crate::{Identity, IdentityError};

/// True while the session of `token` is that of `actor` in the same seat. Asking is no click: it does
/// not make the session last longer.
///
/// # Errors
///
/// Only the store's.
pub async fn still_here(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    actor: &Actor,
) -> Result<bool, IdentityError> {
    let mut conn = identity.db.read().await?;
    let seated = sessions::find_seated(&mut conn, &token::hash(token), ctx.now_us()).await?;
    let is_same = |seat: &crate::model::Seat| {
        seat.account == actor.account && seat.id == actor.post && seat.is_valid_on(ctx.today())
    };
    Ok(seated.is_some_and(|it| is_same(&it.seat)))
}
