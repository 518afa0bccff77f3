use sauro_kernel::{Ctx, PetitionId, Right};

use super::hold::{Hold, House};
use super::send::{FileSent, add_files, kept};
use crate::model::{Act, Kind, Petition, Refusal};
use crate::{PetitionsError, store};

/// Adds files of the agency to a case that it handles (đính kèm): what shows that something was done.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for a file that cannot be taken; [`PetitionsError::NotOpen`] while no answer is
/// being written.
pub async fn attach(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    files: Vec<FileSent>,
) -> Result<Petition, PetitionsError> {
    // Nobody fills the disk with files of a case that is not theirs.
    let case = store::petitions::find(&mut house.db.read().await?, id).await?;
    let case = case.ok_or(PetitionsError::NotFound("petition"))?;
    if !ctx.may(Right::ReadPetitions, house.over(&case)) {
        return Err(PetitionsError::NotFound("petition"));
    }
    ctx.require(Right::HandlePetitions, house.over(&case))?;
    let files = kept(house, files).await?;
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    if !hold.case.flow.allows(Act::Submit) {
        return Err(Refusal::NotNow { act: Act::Submit, state: hold.case.flow.state }.into());
    }
    add_files(&mut hold, &files).await?;
    let names: Vec<&str> = files.iter().map(|it| it.0.as_str()).collect();
    let words = format!("Đính kèm: {}.", names.join(", "));
    hold.note(Kind::Noted, None, (false, &words)).await?;
    hold.keep().await
}
