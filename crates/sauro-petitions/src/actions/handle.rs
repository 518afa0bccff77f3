use sauro_kernel::{Ctx, PetitionId, Prose, Right};

use super::hold::{Hold, House};
use super::sort::line_of;
use crate::error::text_fault;
use crate::model::{Act, Kind, Partner, Petition};
use crate::{PetitionsError, store};

/// Takes a case up (nhận giải quyết).
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when it was not passed on, or was taken up.
pub async fn accept(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    hold.step(Act::Accept)?;
    hold.note(Kind::Accepted, None, (true, "")).await?;
    hold.keep().await
}

/// Asks the sender for more (yêu cầu bổ sung). Both clocks stand until they answer.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a question.
pub async fn ask_more(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    question: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let question = prose(question, "can-bo-sung", "điều cần người gửi bổ sung")?;
    hold.step(Act::AskMore)?;
    hold.note(Kind::AskedMore, None, (true, &question)).await?;
    hold.keep().await
}

/// Goes on without what was asked for (tiếp tục giải quyết).
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when nothing was asked.
pub async fn go_on(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    reason: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let reason = prose(reason, "ly-do", "lý do tiếp tục khi chưa có bổ sung")?;
    hold.step(Act::Resume)?;
    hold.note(Kind::WentOn, None, (true, &reason)).await?;
    hold.keep().await
}

/// Takes more time, once, with a reason that the sender reads (gia hạn).
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when it was used.
pub async fn extend(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    reason: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::ApproveAnswers).await?;
    let reason = prose(reason, "ly-do", "lý do cần thêm thời gian")?;
    hold.step(Act::Extend)?;
    hold.note(Kind::Extended, None, (true, &reason)).await?;
    hold.keep().await
}

/// Writes a note that stays inside (ghi chú nội bộ).
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without words.
pub async fn note(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    words: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let words = prose(words, "ghi-chu", "ghi chú")?;
    hold.note(Kind::Noted, None, (false, &words)).await?;
    hold.keep().await
}

/// Says what an agency that cooperates thinks (ý kiến phối hợp). It stays inside.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when the caller's agency was not asked.
pub async fn opinion(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    words: &str,
) -> Result<Petition, PetitionsError> {
    let absent = || PetitionsError::NotFound("petition");
    ctx.require(Right::HandlePetitions, ctx.actor.own())?;
    let words = prose(words, "y-kien", "ý kiến")?;
    let mut conn = house.db.write().await?;
    store::petitions::lock(&mut conn, id).await?;
    let case = store::petitions::find(&mut conn, id).await?.ok_or_else(absent)?;
    if case.about == Some(ctx.actor.account) {
        return Err(absent());
    }
    let given = Some((ctx.actor.account, ctx.now_us()));
    let partner = Partner { agency: ctx.actor.agency, opinion: words.clone(), given };
    if !store::partners::give(&mut conn, id, &partner).await? {
        return Err(absent());
    }
    let mut hold = Hold::of(ctx, house, conn, case);
    hold.note(Kind::Opinion, None, (false, &words)).await?;
    hold.keep().await
}

/// Writes down which task was made of a case (chuyển thành nhiệm vụ).
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a code.
pub async fn link_task(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    code: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let code = line_of(code, "nhiem-vu", "mã nhiệm vụ")?;
    hold.case.task_code.clone_from(&code);
    hold.note(Kind::TaskMade, None, (true, &code)).await?;
    hold.keep().await
}

/// Text that must be there.
pub(super) fn prose(words: &str, field: &str, label: &str) -> Result<String, PetitionsError> {
    match Prose::parse(words) {
        Ok(words) => Ok(words.as_str().to_owned()),
        Err(err) => Err(PetitionsError::of_field(field, text_fault(label, err))),
    }
}
