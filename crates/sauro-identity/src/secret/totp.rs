//! Codes of an authenticator application (RFC 6238).

use totp_rs::{Builder, Secret, Totp};

use crate::IdentityError;

/// The time step whose code `typed` is, if it is the present one or a neighbour of it.
pub(crate) fn code_step(
    secret: &[u8],
    typed: &str,
    now_s: u64,
) -> Result<Option<u64>, IdentityError> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    Ok(generator(secret)?.check(&digits, now_s))
}

/// The address that an application reads from the QR code, and the same secret to type by hand.
pub(crate) fn otpauth(secret: &[u8], site: &str, login: &str) -> (String, String) {
    let typed = Secret::from(secret.to_vec()).to_base32();
    let (site, login) = (percent(site), percent(login));
    (format!("otpauth://totp/{site}:{login}?secret={typed}&issuer={site}"), typed)
}

/// Six digits every 30 seconds, SHA-1: what every application on the market knows.
fn generator(secret: &[u8]) -> Result<Totp, IdentityError> {
    let builder = Builder::new().with_secret(Secret::from(secret.to_vec())).with_skew(1);
    builder.build().map_err(|_| IdentityError::Secret("the generator's secret is too short"))
}

fn percent(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(letter).collect()
}
