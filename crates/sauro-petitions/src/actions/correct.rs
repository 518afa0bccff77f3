use sauro_kernel::Ctx;
use sauro_store::flood::try_of;

use super::follow::held;
use super::hold::House;
use super::masking::{masked_of, masked_words};
use crate::model::{Happening, Kind, Petition, Submission, masked};
use crate::{PetitionsError, store};

/// Corrections of one case within an hour before its sender has to wait.
const MOST_CORRECTED: i64 = 5;

/// Names and places that one case remembers from before: all of them are kept out of what is public.
const MOST_EARLIER: usize = 20;

/// The sender corrects what they wrote of themselves (họ tên, liên lạc, nơi ở, số định danh); of `typed` nothing else
/// is read. What they wrote and everybody may read is masked for the new names as well; in what an agency has said to
/// all, the new name alone, where it stands as a name.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] says what to mend; [`PetitionsError::NotFound`] for a code of nothing, of a case that was
/// sent without a name, and once the sender was forgotten.
pub async fn correct(
    ctx: &Ctx,
    house: &House<'_>,
    by: (&str, &str),
    typed: &Submission,
) -> Result<Petition, PetitionsError> {
    let mut hold = held(ctx, house, by).await?;
    let before = hold.house.sender(&mut hold.conn, hold.case.id).await?;
    let before = before.filter(|_| !hold.case.is_anonymous);
    let before = before.ok_or(PetitionsError::NotFound("sender"))?;
    let sender = typed.corrected(hold.case.channel, &before).map_err(PetitionsError::Invalid)?;
    if sender.earlier.len() > MOST_EARLIER {
        let words = "Vụ việc này đã sửa rất nhiều lần. Nhờ cơ quan đang giữ vụ việc sửa giúp.";
        return Err(PetitionsError::of_field("ho-ten", words));
    }
    let tries = try_of(ctx.now_us(), "correct", &hold.case.number);
    if sauro_store::tries::count(&mut hold.conn, &tries, ctx.now_us()).await? > MOST_CORRECTED {
        let words = "Vừa sửa nhiều lần. Chờ một giờ rồi sửa tiếp.";
        return Err(PetitionsError::of_field("ho-ten", words));
    }
    let sealed = house.seal(hold.case.id, &sender)?;
    store::petitions::set_sealed(&mut hold.conn, hold.case.id, &sealed).await?;
    let names = sender.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // What is masked already stays so: of other senders' names nothing is known here.
    hold.case.public_title = masked(&hold.case.public_title, &names);
    hold.case.public_body = masked(&hold.case.public_body, &names);
    let id = hold.case.id;
    let name = [sender.name.as_str()];
    for it in store::events::of_case(&mut hold.conn, id).await? {
        let names = if it.account.is_none() { names.as_slice() } else { name.as_slice() };
        let public_words = masked_of(house.directory, it.account, &it.public_words, names);
        if public_words != it.public_words {
            store::events::rewrite(&mut hold.conn, id, &Happening { public_words, ..it }).await?;
        }
    }
    for mut it in store::answers::of_case(&mut hold.conn, id).await? {
        it.public_words = match it.approved {
            None => masked_words(house.directory, &it.words, &names),
            Some(_) => masked_words(house.directory, &it.public_words, &name),
        };
        store::answers::rewrite(&mut hold.conn, id, &it).await?;
    }
    super::similar::show(&mut hold).await?;
    hold.note(Kind::Corrected, None, (false, "")).await?;
    hold.keep().await
}
