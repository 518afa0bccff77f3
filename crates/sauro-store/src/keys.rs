//! The key file of the data folder.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use ring::hmac;
use ring::signature::{Ed25519KeyPair, KeyPair};
use uuid::Uuid;

/// Seals secrets and personal data with the key file of the data folder, so that a copy of the database
/// alone gives nobody a code, a name or a telephone number. AES-256-GCM, a fresh nonce each time.
///
/// It signs as well, with an Ed25519 key that follows from the same file: one secret to keep apart.
#[derive(Clone)]
pub struct Keys(Arc<Pair>);

/// What follows from one key file.
struct Pair {
    cipher: Aes256Gcm,
    signer: Ed25519KeyPair,
    marker: hmac::Key,
    seeder: hmac::Key,
}

/// Says what the signing key is derived for. A changed word is another key.
const SIGNS: &[u8] = b"sauro ed25519 1";

/// The same for the key that marks are made with.
const MARKS: &[u8] = b"sauro marks 1";

/// The same for secrets that rooms ask for.
const SEEDS: &[u8] = b"sauro seeds 1";

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The disk refused.
    #[error("the key file {path} cannot be read or made")]
    Disk {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// The file is not 32 bytes long.
    #[error(
        "the key file {0} is damaged: it must hold 32 bytes; bring back the one from the backup"
    )]
    Damaged(String),
    /// The machine gives no randomness.
    #[error("the machine gives no randomness")]
    NoRandomness,
}

/// Something cannot be sealed, or does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The machine gives no randomness.
    #[error("the secret cannot be sealed")]
    NotSealed,
    /// Another owner, another key file, or changed.
    #[error("the secret does not open with this key file")]
    Broken,
}

const NONCE_BYTES: usize = 12;

impl Keys {
    /// Reads the key of `file`, and makes one that only its owner can read when there is none.
    ///
    /// # Errors
    ///
    /// [`KeysError`] names the file and what is wrong.
    pub fn open(file: &Path) -> Result<Self, KeysError> {
        let disk = |cause| KeysError::Disk { path: file.display().to_string(), cause };
        let key = match std::fs::read(file) {
            Ok(key) => key,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => {
                let key = random::<32>().ok_or(KeysError::NoRandomness)?;
                let mut made = private(file).map_err(disk)?;
                made.write_all(&key).and_then(|()| made.sync_all()).map_err(disk)?;
                key.to_vec()
            }
            Err(err) => return Err(disk(err)),
        };
        Self::of(&key).ok_or_else(|| KeysError::Damaged(file.display().to_string()))
    }

    /// A key that lives as long as this process, for commands that never touch such a secret.
    ///
    /// # Errors
    ///
    /// [`KeysError::NoRandomness`].
    pub fn passing() -> Result<Self, KeysError> {
        let key = random::<32>().ok_or(KeysError::NoRandomness)?;
        Self::of(&key).ok_or(KeysError::NoRandomness)
    }

    fn of(key: &[u8]) -> Option<Self> {
        let cipher = Aes256Gcm::new_from_slice(key).ok()?;
        let seed = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), SIGNS);
        let signer = Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).ok()?;
        let seed = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), MARKS);
        let marker = hmac::Key::new(hmac::HMAC_SHA256, seed.as_ref());
        let seed = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), SEEDS);
        let seeder = hmac::Key::new(hmac::HMAC_SHA256, seed.as_ref());
        Some(Self(Arc::new(Pair { cipher, signer, marker, seeder })))
    }

    /// The mark of `words`, by which a row is found again: HMAC-SHA-256. Whoever has the database and not the
    /// key file cannot try words until one fits, as with a plain hash of a number that has twelve digits.
    pub fn mark(&self, words: &[u8]) -> Vec<u8> {
        hmac::sign(&self.0.marker, words).as_ref().to_vec()
    }

    /// A secret for `purpose` alone that follows from the key file: 32 bytes, as many as there are purposes. Never
    /// shown and never stored.
    pub fn secret_for(&self, purpose: &[u8]) -> Vec<u8> {
        hmac::sign(&self.0.seeder, purpose).as_ref().to_vec()
    }

    /// Signs `words`: 64 bytes that [`Keys::public_key`] checks.
    pub fn sign(&self, words: &[u8]) -> Vec<u8> {
        self.0.signer.sign(words).as_ref().to_vec()
    }

    /// The Ed25519 key that checks what this house signed: 32 bytes, for everybody.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.signer.public_key().as_ref().to_vec()
    }

    /// Seals `plain` so that it opens for `owner` only: the account, the case or whatever it belongs to.
    ///
    /// # Errors
    ///
    /// [`SealError`] when the machine gives no randomness.
    pub fn seal(&self, owner: Uuid, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce = random::<NONCE_BYTES>().ok_or(SealError::NotSealed)?;
        let payload = Payload { msg: plain, aad: owner.as_bytes() };
        let sealed = self.0.cipher.encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| SealError::NotSealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Keys::seal`] made for `owner`.
    ///
    /// # Errors
    ///
    /// [`SealError::Broken`] when it was sealed for another owner, with another key, or was changed.
    pub fn open_sealed(&self, owner: Uuid, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        const BROKEN: SealError = SealError::Broken;
        let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(BROKEN)?;
        let payload = Payload { msg: body, aad: owner.as_bytes() };
        self.0.cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| BROKEN)
    }
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

fn private(file: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}
