//! Keys of programs that send petitions.

use std::fmt;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A key as it is kept: what it opens is known, itself is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeKey {
    /// The id.
    pub id: Uuid,
    /// The system that has it.
    pub name: String,
    /// When it was made, unix microseconds.
    pub made_at: i64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

/// A key as the program shows it: `sauro_` and 64 hexadecimal digits, which nobody guesses.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The key of 32 random bytes.
    pub fn of_random(bytes: [u8; 32]) -> Self {
        let digits: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
        Self(format!("sauro_{digits}"))
    }

    /// What is kept of `shown`.
    pub fn hash_of(shown: &str) -> [u8; 32] {
        Sha256::digest(shown.trim().as_bytes()).into()
    }

    /// The key itself, to be told once.
    pub fn tell(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
