//! Against floods: who sends very much, or what was sent word for word by many, answers a small question first.

use sauro_kernel::{Ctx, n_links};
use sauro_store::flood::{Answered, ask, is_answered, try_of};

use super::hold::House;
use crate::PetitionsError;
use crate::model::Sound;

/// Cases from one place within an hour, from which on each answers a question.
const MANY_FROM_ONE: i64 = 20;

/// Cases with the same words within an hour, from which on each answers a question.
const MANY_ALIKE: i64 = 10;

/// Links in one text from which on it looks like an advertisement.
const MANY_LINKS: usize = 4;

/// The name under which a text is counted, whatever its marks, capitals and spaces.
pub(super) fn alike(ctx: &Ctx, sound: &Sound) -> [u8; 32] {
    let text = sauro_kernel::fold(&format!("{} {}", sound.title, sound.body));
    try_of(ctx.now_us(), "alike", &text)
}

/// Lets a form pass, or asks a question.
///
/// # Errors
///
/// [`PetitionsError::Asked`] while the risk is high and the question was not answered.
pub(super) fn pass(
    (ctx, house): (&Ctx, &House<'_>),
    form: &[u8; 32],
    answered: &Answered,
    (n_from_one, n_alike, sound): (i64, i64, &Sound),
) -> Result<(), PetitionsError> {
    let is_calm =
        n_from_one < MANY_FROM_ONE && n_alike < MANY_ALIKE && n_links(&sound.body) < MANY_LINKS;
    if is_calm || is_answered(house.keys, ctx.now_us(), form, answered) {
        return Ok(());
    }
    Err(PetitionsError::Asked(ask(house.keys, ctx.now_us(), form)?))
}
