use sauro_kernel::{Ctx, PetitionId};

use super::hold::{Hold, House};
use crate::model::{Act, Kind, State};
use crate::{PetitionsError, store};

/// Ends a case whose answer nobody rated, unless somebody has meanwhile.
pub(crate) async fn settle_one(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<(), PetitionsError> {
    let mut conn = house.db.write().await?;
    store::petitions::lock(&mut conn, id).await?;
    let Some(case) = store::petitions::find(&mut conn, id).await? else { return Ok(()) };
    if case.flow.state != State::Answered {
        return Ok(());
    }
    let mut hold = Hold::of(ctx, house, conn, case);
    hold.step(Act::Settle)?;
    hold.note(Kind::Settled, None, (true, "")).await?;
    hold.keep().await.map(drop)
}
