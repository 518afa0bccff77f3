use sauro_kernel::Ctx;

use super::follow::held;
use super::hold::House;
use crate::model::{Happening, Kind, Petition, Submission, masked};
use crate::{PetitionsError, store};

/// The sender corrects what they wrote of themselves (họ tên, liên lạc, nơi ở, số định danh); of `typed` nothing else
/// is read. What is public of the case is masked for the new names as well.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] says what to mend; [`PetitionsError::NotFound`] for a code of nothing and once the
/// sender was forgotten.
pub async fn correct(
    ctx: &Ctx,
    house: &House<'_>,
    by: (&str, &str),
    typed: &Submission,
) -> Result<Petition, PetitionsError> {
    let mut hold = held(ctx, house, by).await?;
    let before = hold.house.sender(&mut hold.conn, hold.case.id).await?;
    let before = before.ok_or(PetitionsError::NotFound("sender"))?;
    let sender = typed.corrected(hold.case.channel, &before).map_err(PetitionsError::Invalid)?;
    let sealed = house.seal(hold.case.id, &sender)?;
    store::petitions::set_sealed(&mut hold.conn, hold.case.id, &sealed).await?;
    let names = sender.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // What is masked already stays so: of other senders' names nothing is known here.
    hold.case.public_title = masked(&hold.case.public_title, &names);
    hold.case.public_body = masked(&hold.case.public_body, &names);
    let id = hold.case.id;
    for it in store::events::of_case(&mut hold.conn, id).await? {
        let public_words = masked(&it.public_words, &names);
        if public_words != it.public_words {
            store::events::rewrite(&mut hold.conn, id, &Happening { public_words, ..it }).await?;
        }
    }
    for mut it in store::answers::of_case(&mut hold.conn, id).await? {
        it.public_words = masked(&it.public_words, &names);
        store::answers::rewrite(&mut hold.conn, id, &it).await?;
    }
    super::similar::show(&mut hold).await?;
    hold.note(Kind::Corrected, None, (false, "")).await?;
    hold.keep().await
}
