use sauro_kernel::Ctx;

use crate::model::Seat;
use crate::store::posts;
use crate::{Identity, IdentityError};

/// The caller's seats that are not over, own before lent.
///
/// # Errors
///
/// Only the store's.
pub async fn seats_of(ctx: &Ctx, identity: &Identity) -> Result<Vec<Seat>, IdentityError> {
    let mut conn = identity.db.read().await?;
    let mut seats = posts::list_of(&mut conn, ctx.actor.account).await?;
    seats.retain(|seat| !seat.term.is_over(ctx.today()));
    Ok(seats)
}

/// What the caller lent from the present seat and is not over, with the name of who got it.
///
/// # Errors
///
/// Only the store's.
pub async fn lent_by(ctx: &Ctx, identity: &Identity) -> Result<Vec<(Seat, String)>, IdentityError> {
    let mut conn = identity.db.read().await?;
    let mut seats = posts::list_lent_from(&mut conn, ctx.actor.post).await?;
    seats.retain(|seat| !seat.term.is_over(ctx.today()));
    let mut named = Vec::new();
    for seat in seats {
        let account = crate::store::accounts::find(&mut conn, seat.account).await?;
        named.push((seat, account.map(|it| it.display_name).unwrap_or_default()));
    }
    Ok(named)
}
