//! The small question that whoever sends very much answers first, sealed so that nothing is kept of it.

use sauro_kernel::{Question, question};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{FileHash, Keys, SealError};

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

/// The name under which tries of `what` from `source` are counted in the hour of `now_us`.
pub fn try_of(now_us: i64, what: &str, source: &str) -> [u8; 32] {
    let hour = now_us / 3_600_000_000;
    FileHash::of(format!("{what}\n{source}\n{hour}").as_bytes()).0
}

/// A question that opens for the form `form` alone, so that one answer sends one thing.
///
/// # Errors
///
/// [`SealError`] without randomness or a key.
pub fn ask(keys: &Keys, now_us: i64, form: &[u8; 32]) -> Result<Question, SealError> {
    let mut random = [0_u8; 2];
    getrandom::fill(&mut random).map_err(|_| SealError::NotSealed)?;
    let (words, sum) = question(random);
    let sealed = Sealed { sum, until: now_us + LIFE };
    let plain = serde_json::to_vec(&sealed).unwrap_or_default();
    let token = keys.seal(owner(form), &plain)?;
    Ok(Question { words, token: token.iter().map(|it| format!("{it:02x}")).collect() })
}

/// True when `answered` answers the question that was asked for `form`, in time.
pub fn is_answered(keys: &Keys, now_us: i64, form: &[u8; 32], answered: &Answered) -> bool {
    let bytes: Option<Vec<u8>> = answered
        .token
        .as_bytes()
        .chunks(2)
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
        .collect();
    let plain = bytes.and_then(|it| keys.open_sealed(owner(form), &it).ok());
    let sealed: Option<Sealed> = plain.and_then(|it| serde_json::from_slice(&it).ok());
    let typed: Option<u32> = answered.words.trim().parse().ok();
    sealed.is_some_and(|it| it.until >= now_us && typed == Some(it.sum))
}

fn owner(form: &[u8; 32]) -> Uuid {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(form.first_chunk::<16>().unwrap_or(&[0; 16]));
    Uuid::from_bytes(bytes)
}
