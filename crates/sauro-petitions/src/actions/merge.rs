use sauro_kernel::{Ctx, PetitionId, Right};

use super::handle::prose;
use super::hold::{Hold, House};
use crate::model::{Act, Closing, Kind, Petition, has_objected};
use crate::{PetitionsError, store};

/// Merges a case into another that is the same matter (gộp). Its sender keeps their own code, sees the other's
/// answer, and may object for some days. `reason` tells them why, and may be empty; one whose sender has objected
/// before is merged by a leader alone, with a reason.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for a case that cannot take it: itself, one that was merged, one elsewhere; without
/// the reason, or the leader, that an objection asks for.
pub async fn merge(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    (into, reason): (&str, &str),
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
    let reason = reason_of(&mut hold, reason).await?;
    hold.step(Act::Merge)?;
    hold.case.merged_into = Some(main.id);
    hold.case.closing = Some(Closing::Duplicate);
    let words = match reason.is_empty() {
        true => main.number.clone(),
        false => format!("{}. {reason}", main.number),
    };
    hold.note(Kind::Merged, Some(main.id.0), (true, &words)).await?;
    hold.keep().await
}

/// Why the case in hand is merged: whoever sent it and has objected is owed the word of a leader.
async fn reason_of(hold: &mut Hold<'_>, reason: &str) -> Result<String, PetitionsError> {
    let happenings = store::events::of_case(&mut hold.conn, hold.case.id).await?;
    let has_objected = has_objected(&happenings);
    if has_objected && !hold.ctx.may(Right::ApproveAnswers, hold.house.over(&hold.case)) {
        let words = "Người gửi đã phản đối việc gộp. Chỉ lãnh đạo cơ quan gộp lại được, kèm lý do.";
        return Err(PetitionsError::of_field("gop-vao", words));
    }
    match has_objected || !reason.trim().is_empty() {
        true => prose(reason, "ly-do-gop", "lý do gộp, người gửi đọc được"),
        false => Ok(String::new()),
    }
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
    take_out(&mut hold).await?;
    hold.keep().await
}

/// Takes the case in hand out of the one it was merged into.
pub(super) async fn take_out(hold: &mut Hold<'_>) -> Result<(), PetitionsError> {
    let main = hold.case.merged_into;
    hold.step(Act::Unmerge)?;
    hold.case.merged_into = None;
    hold.case.closing = None;
    hold.note(Kind::Unmerged, main.map(|it| it.0), (true, "")).await
}
