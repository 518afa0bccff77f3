use sauro_kernel::{Ctx, PetitionId};

use super::hold::{Hold, House, clocks_of, set_clocks};
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

/// Sets the clocks of some cases anew, in one transaction. Answers how many have another deadline.
pub(crate) async fn set_anew(
    _: &Ctx,
    house: &House<'_>,
    ids: &[PetitionId],
) -> Result<usize, PetitionsError> {
    let mut conn = house.db.write().await?;
    let limits = store::fields::limits(&mut conn).await?;
    let mut n = 0;
    for id in ids {
        store::petitions::lock(&mut conn, *id).await?;
        let Some(mut case) = store::petitions::find(&mut conn, *id).await? else { continue };
        let happenings = store::events::of_case(&mut conn, *id).await?;
        let before = (case.due_on, case.citizen_due_on);
        let clocks = clocks_of(house.calendar, &limits, &case, &happenings);
        set_clocks(&mut case, &clocks);
        if before != (case.due_on, case.citizen_due_on) {
            case.version += 1;
            store::petitions::update(&mut conn, &case).await?;
            n += 1;
        }
    }
    conn.commit().await?;
    Ok(n)
}
