//! Against floods: who sends very much, or what was sent word for word by many, answers a small question first.

use sauro_kernel::Ctx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::hold::House;
use super::send::try_of;
use crate::PetitionsError;
use crate::model::{Question, Sound, n_links, question};

/// Cases from one place within an hour, from which on each answers a question.
const MANY_FROM_ONE: i64 = 20;

/// Cases with the same words within an hour, from which on each answers a question.
const MANY_ALIKE: i64 = 10;

/// Links in one text from which on it looks like an advertisement.
const MANY_LINKS: usize = 4;

/// How long an answer is taken, in microseconds.
const LIFE: i64 = 3_600_000_000;

/// An answer to a [`Question`]; empty when none was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// What was asked with.
    pub token: String,
    /// What was typed.
    pub words: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    sum: u32,
    until: i64,
}

/// The name under which a text is counted, whatever its marks, capitals and spaces.
pub(super) fn alike(ctx: &Ctx, sound: &Sound) -> [u8; 32] {
    let text = sauro_kernel::fold(&format!("{} {}", sound.title, sound.body));
    try_of(ctx, "alike", &text)
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
    if is_calm || is_right(ctx, house, form, answered) {
        return Ok(());
    }
    Err(PetitionsError::Asked(ask(ctx, house, form)?))
}

fn ask(ctx: &Ctx, house: &House<'_>, form: &[u8; 32]) -> Result<Question, PetitionsError> {
    let mut random = [0_u8; 2];
    getrandom::fill(&mut random).map_err(|_| sauro_store::SealError::NotSealed)?;
    let (words, sum) = question(random);
    let sealed = Sealed { sum, until: ctx.now_us() + LIFE };
    let plain = serde_json::to_vec(&sealed).unwrap_or_default();
    let token = house.keys.seal(owner(form), &plain)?;
    Ok(Question { words, token: token.iter().map(|it| format!("{it:02x}")).collect() })
}

fn is_right(ctx: &Ctx, house: &House<'_>, form: &[u8; 32], answered: &Answered) -> bool {
    let bytes: Option<Vec<u8>> = answered
        .token
        .as_bytes()
        .chunks(2)
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
        .collect();
    let plain = bytes.and_then(|it| house.keys.open_sealed(owner(form), &it).ok());
    let sealed: Option<Sealed> = plain.and_then(|it| serde_json::from_slice(&it).ok());
    let typed: Option<u32> = answered.words.trim().parse().ok();
    sealed.is_some_and(|it| it.until >= ctx.now_us() && typed == Some(it.sum))
}

/// A question opens for one form, so that one answer sends one case.
fn owner(form: &[u8; 32]) -> Uuid {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(form.first_chunk::<16>().unwrap_or(&[0; 16]));
    Uuid::from_bytes(bytes)
}
