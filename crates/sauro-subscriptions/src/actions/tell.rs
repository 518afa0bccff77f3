use sauro_kernel::{BulletinId, Ctx, PortalItemId};
use sauro_store::Conn;

use crate::model::{Happened, bulletins_of};
use crate::{SubscriptionsError, store};

/// Writes down what is to be told of what `happened`, each once, in the transaction that remembers that it was thought
/// of. Days of a consultation that were planned before give way to those said now.
///
/// # Errors
///
/// [`SubscriptionsError::Denied`] for everybody but the machine room.
pub async fn tell(
    ctx: &Ctx,
    conn: &mut Conn,
    happened: &[Happened],
) -> Result<(), SubscriptionsError> {
    super::require_machine_room(ctx)?;
    for it in happened {
        store::news::unplan(conn, it.item).await?;
        for bulletin in bulletins_of(it) {
            store::news::insert(conn, BulletinId(ctx.ids.fresh()), &bulletin).await?;
        }
    }
    Ok(())
}

/// Takes back what was or is to be told of `item`: it stands in no letter that has not gone.
///
/// # Errors
///
/// As [`tell`].
pub async fn take_back(
    ctx: &Ctx,
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<(), SubscriptionsError> {
    super::require_machine_room(ctx)?;
    Ok(store::news::take_back(conn, item).await?)
}
