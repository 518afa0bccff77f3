//! Passwords and tokens: what must not be guessed and what must not be read.

mod hasher;
pub(crate) mod token;
mod totp;

pub use hasher::{Cost, Hasher};
pub(crate) use totp::{code_step, otpauth};
