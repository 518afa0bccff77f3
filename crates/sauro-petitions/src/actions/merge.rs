use sauro_kernel::{Ctx, PetitionId, Right};

use super::hold::{Hold, House};
use crate::model::{Act, Closing, Kind, Petition};
use crate::{PetitionsError, store};

/// Merges a case into another that is the same matter (gộp). Its sender keeps their own code, sees the other's
/// answer, and may ask to have it taken out again.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for a case that cannot take it: itself, one that was merged, one elsewhere.
pub async fn merge(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    into: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let fault = |words: &str| PetitionsError::of_field("gop-vao", words);
    let main = store::petitions::by_number(&mut hold.conn, into.trim()).await?;
    let seen = main.filter(|it| {
        ctx.may(Right::ReadPetitions, house.over(it)) && it.about != Some(ctx.actor.account)
    });
    let main = seen.ok_or_else(|| fault("Không có vụ việc số này trong phạm vi của cơ quan."))?;
    if main.id == id {
        return Err(fault("Không gộp một vụ việc vào chính nó."));
    }
    if main.merged_into.is_some() {
        return Err(fault("Vụ việc này đã gộp vào vụ việc khác. Gộp thẳng vào vụ việc chính."));
    }
    if store::lists::has_merged(&mut hold.conn, id).await? {
        return Err(fault(
            "Vụ việc đang mở có vụ việc khác gộp vào. Tách các vụ việc đó ra trước, hoặc gộp vụ việc kia vào đây.",
        ));
    }
    hold.step(Act::Merge)?;
    hold.case.merged_into = Some(main.id);
    hold.case.closing = Some(Closing::Duplicate);
    hold.note(Kind::Merged, Some(main.id.0), (true, &main.number)).await?;
    hold.keep().await
}

/// Takes a case out again: it stands as it stood, and its clock ran on (tách).
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when it was not merged.
pub async fn unmerge(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let main = hold.case.merged_into;
    hold.step(Act::Unmerge)?;
    hold.case.merged_into = None;
    hold.case.closing = None;
    hold.note(Kind::Unmerged, main.map(|it| it.0), (true, "")).await?;
    hold.keep().await
}
