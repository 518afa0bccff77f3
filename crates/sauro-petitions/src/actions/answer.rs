use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, PetitionId, Right};

use super::hold::{Hold, House};
use super::masking::masked_words;
use super::{handle, route, similar, tallies};
use crate::model::{Act, Answer, Draft, Kind, Petition, Side};
use crate::{PetitionsError, store};

/// Lays an answer before the leader (trình duyệt). Of a contested answer whoever wrote or approved it does not
/// write the next.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] names every fault: no result, too short, "solved" with nothing that shows it.
pub async fn submit(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    draft: &Draft,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let files = store::files::of_case(&mut hold.conn, id).await?;
    let has_file = files.iter().any(|it| it.side == Side::Agency);
    let (closing, words, proof) = draft.checked(has_file).map_err(PetitionsError::Invalid)?;
    let answers = hold.answers().await?;
    must_be_another(ctx, &answers)?;
    hold.step(Act::Submit)?;
    let names = hold.names().await?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let n = match answers.last() {
        Some(last) if last.approved.is_none() => last.n,
        last => last.map_or(1, |it| it.n + 1),
    };
    let answer = Answer {
        n,
        agency: ctx.actor.agency,
        closing,
        public_words: masked_words(house.directory, &words, &names),
        words,
        proof,
        drafted_by: ctx.actor.account,
        drafted_at: ctx.now_us(),
        approved: None,
        signer: String::new(),
    };
    store::answers::put(&mut hold.conn, id, &answer).await?;
    hold.note(Kind::Submitted, None, (false, "")).await?;
    hold.keep().await
}

/// Gives an answer back to be mended (trả lại).
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a reason.
pub async fn return_answer(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    reason: &str,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::ApproveAnswers).await?;
    let reason = handle::prose(reason, "ly-do", "lý do trả lại")?;
    hold.step(Act::ReturnAnswer)?;
    hold.note(Kind::AnswerReturned, None, (false, &reason)).await?;
    hold.keep().await
}

/// Approves an answer and sends it (duyệt và trả lời), and lets the pictures out that were prepared with it.
/// This is the only way on which words of an agency reach the sender as an answer, or the public.
///
/// # Errors
///
/// [`PetitionsError::NotOpen`] when no answer lies before the leader.
pub async fn approve(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::ApproveAnswers).await?;
    let answers = hold.answers().await?;
    hold.step(Act::Approve)?;
    must_be_another(ctx, &answers)?;
    let Some(mut answer) = answers.into_iter().rfind(|it| it.approved.is_none()) else {
        return Err(PetitionsError::NotFound("answer"));
    };
    answer.approved = Some((ctx.actor.account, ctx.now_us()));
    answer.signer.clone_from(&ctx.actor.display_name);
    if !store::answers::approve(&mut hold.conn, id, &answer).await? {
        return Err(PetitionsError::Stale);
    }
    store::pictures::publish(&mut hold.conn, id).await?;
    hold.case.closing = Some(answer.closing);
    hold.case.answered_by = Some(answer.agency);
    tallies::answered(&mut hold, &answer).await?;
    hold.note(Kind::Answered, Some(ctx.actor.agency.0), (true, "")).await?;
    route::learn(&mut hold).await?;
    similar::show(&mut hold).await?;
    hold.keep().await
}

/// Whoever wrote or approved an answer that was contested decides no more.
fn must_be_another(ctx: &Ctx, answers: &[Answer]) -> Result<(), PetitionsError> {
    let is_same = answers.iter().any(|it| {
        it.approved
            .is_some_and(|(by, _)| by == ctx.actor.account || it.drafted_by == ctx.actor.account)
    });
    if is_same {
        let words =
            "Câu trả lời trước do chính ông bà soạn hoặc duyệt. Phúc tra phải do người khác làm.";
        return Err(PetitionsError::of_field("tra-loi", words));
    }
    Ok(())
}

/// Masks again what all may read, once somebody was erased.
pub(super) fn mask_anew(directory: &Directory, answer: &mut Answer, names: &[&str]) {
    answer.words = masked_words(directory, &answer.words, names);
    answer.public_words = masked_words(directory, &answer.public_words, names);
}
