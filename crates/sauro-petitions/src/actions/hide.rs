use sauro_kernel::{AccountId, Ctx, PetitionId, Right};

use super::handle::prose;
use super::hold::{Hold, House};
use super::similar;
use crate::model::{Hiding, Kind, Petition};
use crate::{PetitionsError, store};

/// Asks to hide a case from the public, or to show it again, with a reason. Another person decides, and the
/// clocks run on.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a reason, or while a wish waits.
pub async fn ask_to_hide(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    reason: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    let reason = prose(reason, "ly-do-an", "lý do")?;
    let newest = store::hidings::newest(&mut hold.conn, id).await?;
    if newest.as_ref().is_some_and(|it| it.decided.is_none()) {
        let words = "Đã có một đề nghị đang chờ lãnh đạo quyết định.";
        return Err(PetitionsError::of_field("ly-do-an", words));
    }
    let hiding = Hiding {
        n: newest.map_or(1, |it| it.n + 1),
        reason: reason.clone(),
        asked_by: ctx.actor.account,
        asked_at: ctx.now_us(),
        decided: None,
    };
    store::hidings::insert(&mut hold.conn, id, &hiding).await?;
    hold.note(Kind::Noted, None, (false, &format!("Đề nghị ẩn hoặc hiện lại: {reason}"))).await?;
    hold.keep().await
}

/// Decides on the wish: the case is hidden, or shown again.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for whoever asked; [`PetitionsError::NotFound`] when nobody did.
pub async fn decide_hiding(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    is_granted: bool,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::ApproveAnswers).await?;
    let newest = store::hidings::newest(&mut hold.conn, id).await?;
    let Some(mut hiding) = newest.filter(|it| it.decided.is_none()) else {
        return Err(PetitionsError::NotFound("hiding"));
    };
    if hiding.asked_by == ctx.actor.account {
        let words = "Người đề nghị không tự quyết định. Cần người thứ hai.";
        return Err(PetitionsError::of_field("ly-do-an", words));
    }
    hiding.decided = Some((ctx.actor.account, ctx.now_us(), is_granted));
    if !store::hidings::decide(&mut hold.conn, id, &hiding).await? {
        return Err(PetitionsError::Stale);
    }
    if is_granted {
        hold.case.is_hidden = !hold.case.is_hidden;
    }
    let kind = match (is_granted, hold.case.is_hidden) {
        (false, _) => Kind::Noted,
        (true, true) => Kind::Hidden,
        (true, false) => Kind::Shown,
    };
    let words = if is_granted {
        hiding.reason.as_str()
    } else {
        "Không đồng ý đề nghị ẩn hoặc hiện lại."
    };
    hold.note(kind, None, (false, words)).await?;
    similar::show(&mut hold).await?;
    hold.keep().await
}

/// Says which person a case is about: from then on it is not there for them.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for whoever names themselves.
pub async fn mark_about(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    about: Option<AccountId>,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::SortPetitions).await?;
    if about == Some(ctx.actor.account) {
        let words = "Vụ việc nói về chính ông bà thì chuyển cho người khác phân loại trước.";
        return Err(PetitionsError::of_field("nguoi-bi-phan-anh", words));
    }
    hold.case.about = about;
    hold.note(Kind::Noted, None, (false, "Ghi người bị phản ánh.")).await?;
    hold.keep().await
}
