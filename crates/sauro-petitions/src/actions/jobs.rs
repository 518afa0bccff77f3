use sauro_kernel::{Ctx, PetitionId};
use sauro_store::Conn;

use super::hold::{Hold, House, clocks_of, set_clocks};
use crate::model::{Act, Kind, Limits, Petition, State};
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
///
/// Mostly none has: they are looked at first, so that looking costs others no turn to write.
pub(crate) async fn set_anew(
    house: &House<'_>,
    ids: &[PetitionId],
) -> Result<usize, PetitionsError> {
    let mut conn = house.db.read().await?;
    let limits = store::fields::limits(&mut conn).await?;
    let mut to_move = Vec::new();
    for id in ids {
        to_move.extend(moved(house, &mut conn, &limits, *id).await?.map(|case| case.id));
    }
    drop(conn);
    if to_move.is_empty() {
        return Ok(0);
    }
    let mut conn = house.db.write().await?;
    let mut n = 0;
    for id in to_move {
        store::petitions::lock(&mut conn, id).await?;
        if let Some(mut case) = moved(house, &mut conn, &limits, id).await? {
            case.version += 1;
            store::petitions::update(&mut conn, &case).await?;
            n += 1;
        }
    }
    conn.commit().await?;
    Ok(n)
}

/// The case with its clocks set anew, if that gives it another deadline.
async fn moved(
    house: &House<'_>,
    conn: &mut Conn,
    limits: &Limits,
    id: PetitionId,
) -> Result<Option<Petition>, PetitionsError> {
    let Some(mut case) = store::petitions::find(conn, id).await? else { return Ok(None) };
    let happenings = store::events::of_case(conn, id).await?;
    let before = (case.due_on, case.citizen_due_on);
    let clocks = clocks_of(house.calendar, limits, &case, &happenings);
    set_clocks(&mut case, &clocks);
    Ok((before != (case.due_on, case.citizen_due_on)).then_some(case))
}
