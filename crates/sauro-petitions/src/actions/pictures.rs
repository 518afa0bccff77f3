use bytes::Bytes;
use sauro_kernel::{Ctx, PetitionFileId, PetitionId, Right};
use sauro_papers::{Cover, CoverError, CoveredPicture, covered, covered_size};
use sauro_store::FileHash;
use tokio::sync::Semaphore;

use super::case::{CaseView, case_view};
use super::hold::{Hold, House};
use crate::model::{Act, CaseFile, Kind, Petition, Picture, State, is_picture};
use crate::{PetitionsError, store};

/// Reading one large picture takes some hundred megabytes: one after the other.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// A picture of a case as it would look with `covers`, drawn anew: officers look at that, never at what a
/// stranger sent as it came.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when the caller may not read the case or the file is no picture;
/// [`PetitionsError::Invalid`] when it cannot be read.
pub async fn look_at_picture(
    ctx: &Ctx,
    house: &House<'_>,
    (id, file): (PetitionId, PetitionFileId),
    covers: &[Cover],
) -> Result<CoveredPicture, PetitionsError> {
    let view = case_view(ctx, house, id).await?;
    drawn(house, &picture_of(&view.files, file)?, covers).await
}

/// The case with the picture `file`, and the width and height at which it is drawn, in pixels.
///
/// # Errors
///
/// As [`look_at_picture`].
pub async fn picture_of_case(
    ctx: &Ctx,
    house: &House<'_>,
    (id, file): (PetitionId, PetitionFileId),
) -> Result<(CaseView, (u32, u32)), PetitionsError> {
    let view = case_view(ctx, house, id).await?;
    let of = picture_of(&view.files, file)?;
    let content = house.files.read(&FileHash(of.hash)).await?;
    let size = covered_size(&content).ok_or(PetitionsError::NotFound("picture"))?;
    Ok((view, size))
}

/// Makes the copy of a picture that everybody may see (che và công bố ảnh). It waits for the leader who
/// approves the answer; a leader who does it once the answer is out lets it out at once. The file that came
/// stays as it is.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] when it cannot be read; [`PetitionsError::Denied`] for an officer while no answer
/// is being written.
pub async fn prepare_picture(
    ctx: &Ctx,
    house: &House<'_>,
    (id, file): (PetitionId, PetitionFileId),
    covers: Vec<Cover>,
) -> Result<Petition, PetitionsError> {
    let view = case_view(ctx, house, id).await?;
    let of = picture_of(&view.files, file)?;
    must_prepare(ctx, house, &view.case)?;
    let made = drawn(house, &of, &covers).await?;
    let stored = house.files.put(Bytes::from(made.content)).await?;
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    must_prepare(ctx, house, &hold.case)?;
    let at = ctx.now_us();
    sauro_store::files::record(&mut hold.conn, &stored, "image/jpeg", at).await?;
    let mut picture = Picture {
        file,
        is_public: false,
        hash: stored.hash.0,
        width: made.width,
        height: made.height,
        n_bytes: i64::try_from(stored.n_bytes).unwrap_or(i64::MAX),
        covers,
        made_at: at,
    };
    store::pictures::put(&mut hold.conn, id, &picture).await?;
    let is_out = matches!(hold.case.flow.state, State::Answered | State::Closed);
    if is_out {
        picture.is_public = true;
        store::pictures::put(&mut hold.conn, id, &picture).await?;
    }
    let words = match is_out {
        true => format!("Công bố ảnh “{}”, che {} chỗ.", of.name, picture.covers.len()),
        false => format!("Chuẩn bị công bố ảnh “{}”, che {} chỗ.", of.name, picture.covers.len()),
    };
    hold.note(Kind::Noted, None, (false, &words)).await?;
    hold.keep().await
}

/// Takes a picture back from everybody (thôi công bố), at once. To show less needs no leader.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when there is no such picture.
pub async fn withdraw_picture(
    ctx: &Ctx,
    house: &House<'_>,
    (id, file): (PetitionId, PetitionFileId),
) -> Result<Petition, PetitionsError> {
    let mut hold = Hold::take(ctx, house, id, Right::HandlePetitions).await?;
    let files = store::files::of_case(&mut hold.conn, id).await?;
    let of = picture_of(&files, file)?;
    store::pictures::remove(&mut hold.conn, file).await?;
    let words = format!("Không công bố ảnh “{}”.", of.name);
    hold.note(Kind::Noted, None, (false, &words)).await?;
    hold.keep().await
}

/// A picture of an answered case as everybody may see it, and its type's content.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when the case is not public, or the picture was not let out.
pub async fn public_picture(
    house: &House<'_>,
    number: &str,
    file: PetitionFileId,
) -> Result<Picture, PetitionsError> {
    let absent = || PetitionsError::NotFound("picture");
    let mut conn = house.db.read().await?;
    let case = store::petitions::by_number(&mut conn, number).await?;
    let case = case.filter(Petition::is_public).ok_or_else(absent)?;
    let pictures = store::pictures::of_case(&mut conn, case.id).await?;
    pictures.into_iter().find(|it| it.is_public && it.file == file).ok_or_else(absent)
}

/// Officers prepare while an answer is being written; all else is a leader's.
fn must_prepare(ctx: &Ctx, house: &House<'_>, case: &Petition) -> Result<(), PetitionsError> {
    let right = match case.flow.allows(Act::Submit) {
        true => Right::HandlePetitions,
        false => Right::ApproveAnswers,
    };
    Ok(ctx.require(right, house.over(case))?)
}

fn picture_of(files: &[CaseFile], file: PetitionFileId) -> Result<CaseFile, PetitionsError> {
    let found = files.iter().find(|it| it.id == file && is_picture(&it.mime));
    found.cloned().ok_or(PetitionsError::NotFound("picture"))
}

async fn drawn(
    house: &House<'_>,
    of: &CaseFile,
    covers: &[Cover],
) -> Result<CoveredPicture, PetitionsError> {
    let refuse = |words: String| PetitionsError::of_field("anh", words);
    let content = house.files.read(&FileHash(of.hash)).await?;
    let covers = covers.to_vec();
    let _turn = ONE_AT_A_TIME.acquire().await;
    let outcome = tokio::task::spawn_blocking(move || covered(&content, &covers)).await;
    match outcome {
        Ok(Ok(picture)) => Ok(picture),
        Ok(Err(CoverError::TooManyPixels { width, height })) => Err(refuse(format!(
            "Ảnh {width} × {height} điểm, lớn hơn mức đọc được. Thu nhỏ ảnh rồi đính kèm lại."
        ))),
        Ok(Err(CoverError::NotAPicture)) | Err(_) => {
            Err(refuse("Ảnh hỏng, không đọc được. Không công bố được ảnh này.".to_owned()))
        }
    }
}
