//! Encryption of messages (RFC 8291 over RFC 8188, one record).

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

use crate::model::Device;

/// The size of a record. Messages are shorter: push servers need not take more than 4,096 bytes.
const RECORD: u32 = 4096;

/// Longest message: a record less its end and its tag.
const LONGEST: usize = 4096 - 86 - 17;

/// A message cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// The device's key is no point of the curve.
    #[error("the key of the device is none")]
    Key,
    /// The message is too long.
    #[error("the message is longer than push servers take")]
    Long,
    /// The machine gives no randomness.
    #[error("the machine gives no randomness")]
    Random,
}

/// `message`, sealed for `device` with a fresh key.
///
/// # Errors
///
/// [`SealFault`].
pub fn sealed_for(device: &Device, message: &[u8]) -> Result<Vec<u8>, SealFault> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|_| SealFault::Random)?;
    sealed_with((&fresh()?, salt), device, message)
}

/// The same with the key `own` and `salt`, which must never be used again.
///
/// # Errors
///
/// [`SealFault`].
pub fn sealed_with(
    (own, salt): (&SecretKey, [u8; 16]),
    device: &Device,
    message: &[u8],
) -> Result<Vec<u8>, SealFault> {
    if message.len() > LONGEST {
        return Err(SealFault::Long);
    }
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| SealFault::Key);
    let (theirs, auth) = (decode(&device.p256dh)?, decode(&device.auth)?);
    let key = PublicKey::from_sec1_bytes(&theirs).map_err(|_| SealFault::Key)?;
    let ours = own.public_key().to_sec1_bytes();
    let shared = own.diffie_hellman(&key);
    let info = [b"WebPush: info\0", theirs.as_slice(), &ours].concat();
    let material: [u8; 32] = derived(&auth, shared.raw_secret_bytes(), &info)?;
    let key: [u8; 16] = derived(&salt, &material, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = derived(&salt, &material, b"Content-Encoding: nonce\0")?;
    // The last record ends with a two.
    let plain = [message, &[2]].concat();
    let cipher = Aes128Gcm::new(&key.into());
    let body =
        cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).map_err(|_| SealFault::Long)?;
    let n_ours = u8::try_from(ours.len()).map_err(|_| SealFault::Key)?;
    Ok([salt.as_slice(), &RECORD.to_be_bytes(), &[n_ours], &ours, &body].concat())
}

fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<[u8; N], SealFault> {
    let mut out = [0_u8; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut out).map_err(|_| SealFault::Key)?;
    Ok(out)
}

/// A key for one message.
fn fresh() -> Result<SecretKey, SealFault> {
    // One in 2^32 draws is no key.
    for _ in 0..8 {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| SealFault::Random)?;
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return Ok(key);
        }
    }
    Err(SealFault::Random)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_byte_by_byte() {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let own =
            SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let device = Device {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".to_owned(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        };
        let message = b"When I grow up, I want to be a watermelon";
        let sealed = sealed_with((&own, salt), &device, message).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn what_cannot_be_sealed_is_said() {
        let device = |p256dh: &str| Device {
            endpoint: String::new(),
            p256dh: p256dh.to_owned(),
            auth: URL_SAFE_NO_PAD.encode([1_u8; 16]),
        };
        let nowhere = URL_SAFE_NO_PAD.encode([4_u8; 65]);
        assert_eq!(sealed_for(&device(&nowhere), b"x"), Err(SealFault::Key));
        assert_eq!(sealed_for(&device("?"), b"x"), Err(SealFault::Key));
        assert_eq!(sealed_for(&device(&nowhere), &[0; 4096]), Err(SealFault::Long));
    }
}
