use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Letters that nobody mistakes for another: no 0 and O, no 1, I and L, no U.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters drawn; one more is computed from them.
const DRAWN: usize = 7;

/// The code by which an initiative is found, such as `SK-7K2M-94QX`. The last letter is computed from
/// the others, so that a slip of the finger names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code(String);

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no code of an initiative")]
pub struct NotACode;

impl Code {
    /// The code drawn from the random bits of `seed`.
    pub fn drawn(seed: Uuid) -> Self {
        let digest = Sha256::digest(seed.as_bytes());
        let mut value = digest.iter().take(8).fold(0_u64, |sum, it| (sum << 8) | u64::from(*it));
        let mut drawn = Vec::with_capacity(DRAWN + 1);
        for _ in 0..DRAWN {
            drawn.push(usize::try_from(value % 30).unwrap_or_default());
            value /= 30;
        }
        drawn.push(check(&drawn));
        let mut text = String::from("SK-");
        for (n, at) in drawn.iter().enumerate() {
            if n == 4 {
                text.push('-');
            }
            text.push(LETTERS.get(*at).map_or('2', |it| char::from(*it)));
        }
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Luhn's check over thirty letters: finds each wrong letter and nearly each swapped pair.
fn check(drawn: &[usize]) -> usize {
    let sum: usize = drawn
        .iter()
        .rev()
        .enumerate()
        .map(|(n, at)| {
            let weighed = if n % 2 == 0 { at * 2 } else { *at };
            weighed / 30 + weighed % 30
        })
        .sum();
    (30 - sum % 30) % 30
}

impl FromStr for Code {
    type Err = NotACode;

    /// Reads a code as people type it: small letters, spaces and missing dashes are no matter.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        if text.len() > 40 {
            return Err(NotACode);
        }
        let plain: String =
            text.chars().filter(|it| !it.is_whitespace() && *it != '-').collect::<String>();
        let plain = plain.to_ascii_uppercase();
        let letters = plain.strip_prefix("SK").filter(|it| it.len() == DRAWN + 1).unwrap_or(&plain);
        let place = |it: u8| LETTERS.iter().position(|letter| *letter == it).ok_or(NotACode);
        let read = letters.bytes().map(place).collect::<Result<Vec<_>, _>>()?;
        let (last, drawn) = read.split_last().ok_or(NotACode)?;
        if drawn.len() != DRAWN || check(drawn) != *last {
            return Err(NotACode);
        }
        let (head, tail) = letters.split_at_checked(4).ok_or(NotACode)?;
        Ok(Self(format!("SK-{head}-{tail}")))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
