//! The tracking code (mã tra cứu): what the sender alone knows.

use std::fmt;

use sha2::{Digest, Sha256};

/// Letters and digits that nobody mistakes for one another on paper or on the telephone (no I, L, O, U).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code, the last of which checks the others.
const LEN: usize = 10;

/// A tracking code: nine random letters (45 bits) and one that checks them, as `PA-7K2M9-4QXDA`.
///
/// With a million cases one guess in 35 million hits, and guessing is slowed down for each source.
#[derive(Clone, PartialEq, Eq)]
pub struct TrackingCode([u8; LEN]);

impl TrackingCode {
    /// The code of six random bytes.
    pub fn of_random(bytes: [u8; 6]) -> Self {
        let [a, b, c, d, e, f] = bytes;
        let mut n = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        let mut letters = [b'0'; LEN];
        for letter in letters.iter_mut().take(LEN - 1) {
            *letter = letter_of(n & 31);
            n >>= 5;
        }
        letters[LEN - 1] = letter_of(check(&letters));
        Self(letters)
    }

    /// Reads what a person typed: small letters, spaces, dashes and a leading `PA` are fine, and letters that
    /// are not used are taken for the digits they look like. None when a letter is wrong or lacking.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain: Vec<u8> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .map(|c| u8::try_from(c).unwrap_or(b'?'))
            .collect();
        let letters = match plain.as_slice() {
            [b'P', b'A', rest @ ..] if rest.len() == LEN => rest,
            all => all,
        };
        let letters: [u8; LEN] = letters.try_into().ok()?;
        let is_known = letters.iter().all(|it| LETTERS.contains(it));
        (is_known && letters[LEN - 1] == letter_of(check(&letters))).then_some(Self(letters))
    }

    /// What is stored to find the case by: SHA-256.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Display for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.iter().map(|it| char::from(*it)).collect();
        let (first, last) = text.split_at(LEN / 2);
        write!(f, "PA-{first}-{last}")
    }
}

/// A code is a secret: logs show none of it.
impl fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}

fn letter_of(n: u64) -> u8 {
    usize::try_from(n & 31).ok().and_then(|n| LETTERS.get(n)).copied().unwrap_or(b'0')
}

/// Luhn's check modulo 32: finds every single wrong letter and nearly every pair that was swapped.
fn check(letters: &[u8; LEN]) -> u64 {
    let mut sum = 0;
    for (n, letter) in letters.iter().take(LEN - 1).rev().enumerate() {
        let value = LETTERS.iter().position(|it| it == letter).unwrap_or(0);
        let value = if n % 2 == 0 { value * 2 } else { value };
        sum += value / 32 + value % 32;
    }
    u64::try_from((32 - sum % 32) % 32).unwrap_or(0)
}
