//! The certificate of a recognised initiative (giấy chứng nhận): its words, who signed them, and the file that
//! anybody checks without this program's server.

use chrono::NaiveDate;
use ring::signature::{ED25519, UnparsedPublicKey};
use sauro_kernel::{AgencyId, InitiativeId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hash_of;

/// A certificate as stored. Its words are sealed, for they name the authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Of which initiative.
    pub initiative: InitiativeId,
    /// Its number, such as `01/GCN-UBND`.
    pub number: String,
    /// What is printed on the paper: whoever has it finds the certificate.
    pub check: String,
    /// Who certified.
    pub agency: AgencyId,
    /// On which day.
    pub issued_on: NaiveDate,
    /// When, in microseconds.
    pub issued_at: i64,
    /// The sealed [`CertificateWords`].
    pub sealed: Vec<u8>,
    /// The Ed25519 signature of their text.
    pub signature: Vec<u8>,
    /// Since when it does not hold, in microseconds, and why.
    pub withdrawn: Option<(i64, String)>,
}

/// What is certified. Its text, byte for byte, is what is signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateWords {
    /// The number.
    pub number: String,
    /// The code of the check.
    pub check: String,
    /// The name of the agency that certifies.
    pub agency: String,
    /// The day, `YYYY-MM-DD`.
    pub issued_on: NaiveDate,
    /// The code of the initiative.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its kind and its area, on screen.
    pub kind: String,
    /// The area, on screen.
    pub area: String,
    /// The day on which a council recognised it.
    pub recognised_on: NaiveDate,
    /// SHA-256 of the dossier, hexadecimal.
    pub dossier: String,
    /// The authors: name, where they work or live, share in hundredths of a percent.
    pub authors: Vec<(String, String, i64)>,
}

// Names must not end in a log.
impl std::fmt::Debug for CertificateWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CertificateWords")
    }
}

impl CertificateWords {
    /// The text that is signed.
    pub fn text(&self) -> String {
        // Only a map with keys that are no text can fail, and there is none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a text that [`CertificateWords::text`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// True when an author is called `name`, with or without marks.
    pub fn names(&self, name: &str) -> bool {
        let name = sauro_kernel::fold(name);
        !name.is_empty() && self.authors.iter().any(|it| sauro_kernel::fold(&it.0) == name)
    }
}

/// A signature short enough to be compared by eye: the first eight bytes of its SHA-256.
pub fn fingerprint(signature: &[u8]) -> String {
    let digest = Sha256::digest(signature);
    let pairs: Vec<String> = digest.chunks(2).take(4).map(hex::encode).collect();
    pairs.join(" ")
}

/// What a certificate file says. Its bytes are those of [`CertificateFile::bytes`] and no others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateFile {
    /// Names this form.
    pub format: String,
    /// The words, byte for byte as they were signed.
    pub words: String,
    /// The Ed25519 key of the house that signed, hexadecimal.
    pub key: String,
    /// The signature, hexadecimal.
    pub signature: String,
    /// SHA-256 of this file without this value, hexadecimal.
    pub checksum: String,
}

/// What a sound certificate file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    /// What is certified.
    pub words: CertificateWords,
    /// The fingerprint that stands on the paper.
    pub fingerprint: String,
    /// The key that signed, hexadecimal.
    pub key: String,
    /// It is the key that was given.
    pub is_anchored: bool,
}

/// Why a certificate file says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// It is no certificate file, or was written anew by something else.
    #[error("Đây không phải tệp giấy chứng nhận còn nguyên: định dạng đã bị sửa hoặc tệp bị cắt.")]
    Form,
    /// The checksum does not fit.
    #[error("Tệp đã bị sửa: mã kiểm của tệp không khớp nội dung.")]
    Checksum,
    /// The signature is not of these words.
    #[error("Chữ ký không khớp nội dung: giấy chứng nhận trong tệp không do khóa này ký.")]
    Signature,
    /// Another house signed.
    #[error("Tệp do khóa khác ký, không phải khóa đã cho.")]
    Key,
}

const FORMAT: &str = "sauro-chung-nhan-1";

impl CertificateFile {
    /// The file over words, their signature and the key that checks it.
    pub fn new(words: String, key: &[u8], signature: &[u8]) -> Self {
        let mut file = Self {
            format: FORMAT.to_owned(),
            words,
            key: hex::encode(key),
            signature: hex::encode(signature),
            checksum: String::new(),
        };
        file.checksum = hex::encode(hash_of(&file.written()));
        file
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        self.written().into_bytes()
    }

    /// True when `bytes` say that they are such a file.
    pub fn is_meant(bytes: &[u8]) -> bool {
        let value = serde_json::from_slice::<serde_json::Value>(bytes).ok();
        value.is_some_and(|it| it.get("format").and_then(|it| it.as_str()) == Some(FORMAT))
    }

    fn written(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Checks a file, and that `key` (hexadecimal) signed it when one is given.
    ///
    /// # Errors
    ///
    /// [`CertificateFault`] names the first thing that does not fit.
    pub fn verify(bytes: &[u8], key: Option<&str>) -> Result<Certified, CertificateFault> {
        let file: Self = serde_json::from_slice(bytes).map_err(|_| CertificateFault::Form)?;
        // Another way of writing the same is another file: so that every changed bit is found.
        if file.format != FORMAT || file.bytes() != bytes {
            return Err(CertificateFault::Form);
        }
        let bare = Self { checksum: String::new(), ..file.clone() };
        if hex::encode(hash_of(&bare.written())) != file.checksum {
            return Err(CertificateFault::Checksum);
        }
        let words = CertificateWords::read(&file.words).ok_or(CertificateFault::Form)?;
        let signer = hex::decode(&file.key).map_err(|_| CertificateFault::Signature)?;
        let signature = hex::decode(&file.signature).map_err(|_| CertificateFault::Signature)?;
        UnparsedPublicKey::new(&ED25519, signer)
            .verify(file.words.as_bytes(), &signature)
            .map_err(|_| CertificateFault::Signature)?;
        if key.is_some_and(|it| it.trim().to_lowercase() != file.key) {
            return Err(CertificateFault::Key);
        }
        let fingerprint = fingerprint(&signature);
        Ok(Certified { words, fingerprint, key: file.key, is_anchored: key.is_some() })
    }
}
