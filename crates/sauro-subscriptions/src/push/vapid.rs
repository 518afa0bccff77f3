//! Who sends (RFC 8292): a signed word in each request, with a key that follows from the key file.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sauro_store::{Keys, SealError};
use serde_json::json;
use url::Url;

/// How long a signed word holds; a day is the most that push servers take.
const HOLDS: TimeDelta = TimeDelta::hours(12);

/// The key that this house signs its messages with.
#[derive(Clone)]
pub struct Vapid {
    signer: SigningKey,
    /// What browsers are told to expect.
    public_key: String,
    /// Whom a push server may ask, such as `https://…` or `mailto:…`.
    contact: String,
}

impl Vapid {
    /// The key that follows from `keys`; push servers may ask `contact`.
    ///
    /// # Errors
    ///
    /// [`SealError`] when no key follows, which does not happen.
    pub fn new(keys: &Keys, contact: &str) -> Result<Self, SealError> {
        // One in 2^32 secrets is no key.
        let secrets = (0..8_u8).map(|n| keys.secret_for(format!("web push {n}").as_bytes()));
        let secret = secrets.filter_map(|it| SecretKey::from_slice(&it).ok()).next();
        let secret = secret.ok_or(SealError::NotSealed)?;
        let public_key = URL_SAFE_NO_PAD.encode(secret.public_key().to_sec1_bytes());
        Ok(Self { signer: SigningKey::from(secret), public_key, contact: contact.to_owned() })
    }

    /// The public key: 65 bytes, in base64.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The `Authorization` header of a request to `endpoint` at `now`.
    pub fn authorization(&self, endpoint: &Url, now: DateTime<Utc>) -> String {
        let encode = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = encode(&json!({ "typ": "JWT", "alg": "ES256" }));
        let body = encode(&json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": (now + HOLDS).timestamp(),
            "sub": self.contact,
        }));
        let words = format!("{head}.{body}");
        let signature: Signature = self.signer.sign(words.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={words}.{signature}, k={}", self.public_key)
    }
}
