//! Passwords, tokens and keys: what must not be guessed and what must not be read.

mod hasher;
mod keys;
mod qr;
pub(crate) mod token;
mod totp;

pub use hasher::{Cost, Hasher};
pub use keys::{Keys, KeysError};
pub(crate) use qr::svg;
pub(crate) use totp::{code_step, otpauth};
