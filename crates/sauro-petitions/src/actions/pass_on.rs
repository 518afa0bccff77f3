use sauro_directory::model::Agency;
use sauro_kernel::{Ctx, Over, PetitionId, Right};

use super::hold::{Hold, House};
use crate::model::{Kind, State};
use crate::{PetitionsError, store};

/// Cases looked up at once.
const AT_ONCE: u16 = 200;

/// Gives the open cases of every agency that was abolished to the agency that follows it (chuyển giao vụ việc).
/// What was promised to the sender stays promised. Doing it twice changes nothing more. Answers how many went over.
///
/// # Errors
///
/// [`PetitionsError::Denied`] without [`Right::ManageAgencies`] over the agency that follows.
pub async fn pass_on_cases(ctx: &Ctx, house: &House<'_>) -> Result<usize, PetitionsError> {
    let mut n = 0;
    for old in house.directory.all() {
        let Some(heir) = house.directory.heir_of(old, ctx.today()) else { continue };
        ctx.require(Right::ManageAgencies, Over { agency: heir.id, path: &heir.path })?;
        loop {
            let ids =
                store::lists::open_of_holder(&mut house.db.read().await?, old.id, AT_ONCE).await?;
            for id in &ids {
                n += usize::from(pass_on(ctx, house, *id, (old, heir)).await?);
            }
            if ids.len() < usize::from(AT_ONCE) {
                break;
            }
        }
    }
    Ok(n)
}

/// Gives one case over, unless somebody has meanwhile. Answers whether it did.
async fn pass_on(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    (old, heir): (&Agency, &Agency),
) -> Result<bool, PetitionsError> {
    let mut conn = house.db.write().await?;
    store::petitions::lock(&mut conn, id).await?;
    let Some(case) = store::petitions::find(&mut conn, id).await? else { return Ok(false) };
    if case.holder != old.id || case.flow.state == State::Closed {
        return Ok(false);
    }
    let mut hold = Hold::of(ctx, house, conn, case);
    hold.give(heir.id)?;
    // Where it comes back to when it is refused.
    if hold.case.coordinator == old.id {
        hold.case.coordinator = heir.id;
    }
    hold.note(Kind::PassedOn, Some(heir.id.0), (true, "")).await?;
    hold.keep().await?;
    Ok(true)
}
