//! Opaque words that cannot be guessed, and what is kept of them.

use sha2::{Digest, Sha256};

use crate::IdentityError;

/// Letters and digits that nobody mistakes for another when read aloud or copied from paper.
const CLEAR: [u8; 32] = *b"023456789abcdefghjkmnpqrstuvwxyz";

/// 256 random bits, in hexadecimal.
pub(crate) fn fresh() -> Result<String, IdentityError> {
    Ok(hex::encode(random::<32>()?))
}

/// A password for one use: 60 random bits as `k7mq-x2pd-9hte`.
pub(crate) fn one_time() -> Result<String, IdentityError> {
    Ok(grouped(&random::<12>()?))
}

/// A recovery code: 80 random bits as `k7mq-x2pd-9hte-4wfb`.
pub(crate) fn recovery() -> Result<String, IdentityError> {
    Ok(grouped(&random::<16>()?))
}

/// What is kept of `token`: its SHA-256.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A recovery code as typed by a person: spaces, dashes and capitals do not count.
pub(crate) fn hash_of_recovery(typed: &str) -> Vec<u8> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(&plain.to_ascii_lowercase())
}

fn random<const N: usize>() -> Result<[u8; N], IdentityError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|_| IdentityError::Secret("no randomness"))?;
    Ok(bytes)
}

fn grouped(bytes: &[u8]) -> String {
    let letter = |byte: &u8| CLEAR.get(usize::from(byte & 31)).copied().map_or('2', char::from);
    let groups = bytes.chunks(4).map(|group| group.iter().map(letter).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}
