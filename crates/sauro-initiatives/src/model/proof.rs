//! The receipt that proves priority, as a file that anybody checks without this program's server.

use sauro_journal::{Head, Receipt, read_entry};
use serde::{Deserialize, Serialize};

use super::{Dossier, hash_of};

/// What a receipt file says. Its bytes are those of [`ProofFile::bytes`] and no others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofFile {
    /// Names this form.
    pub format: String,
    /// The dossier, byte for byte as it was hashed.
    pub dossier: String,
    /// SHA-256 of the dossier, hexadecimal.
    pub sha256: String,
    /// The bytes of the journal's entry, hexadecimal.
    pub entry: String,
    /// The proof that the entry is in the sealed log.
    pub receipt: Receipt,
    /// SHA-256 of this file without this value, hexadecimal.
    pub checksum: String,
}

/// What a sound file proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The dossier.
    pub dossier: Dossier,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// When the journal wrote it down, microseconds since 1970, UTC.
    pub at: i64,
    /// Its place in the log.
    pub position: i64,
    /// How many entries the head covers, and its root, hexadecimal.
    pub head: (i64, String),
    /// The head stands in the file of heads that was given.
    pub is_anchored: bool,
}

/// Why a file proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// It is no receipt file, or was written anew by something else.
    #[error("Đây không phải tệp biên nhận còn nguyên: định dạng đã bị sửa hoặc tệp bị cắt.")]
    Form,
    /// The checksum does not fit.
    #[error("Tệp đã bị sửa: mã kiểm của tệp không khớp nội dung.")]
    Checksum,
    /// The dossier is not the one that was hashed.
    #[error("Hồ sơ trong tệp khác hồ sơ đã ghi nhận: mã băm không khớp.")]
    Dossier,
    /// The entry of the journal does not speak of this dossier.
    #[error("Mục nhật ký trong tệp không nói về hồ sơ này.")]
    Entry,
    /// The entry does not lead to the head.
    #[error("Mục nhật ký không dẫn đến gốc niêm phong ghi trong tệp.")]
    Log,
    /// The file of heads says otherwise, or knows nothing of this head.
    #[error("Gốc niêm phong của tệp không có trong tệp gốc đã cho.")]
    Heads,
}

const FORMAT: &str = "sauro-bien-nhan-1";

impl ProofFile {
    /// The file over a dossier and what the journal says of it.
    pub fn new(dossier: String, entry: &[u8], receipt: Receipt) -> Self {
        let mut file = Self {
            format: FORMAT.to_owned(),
            sha256: hex::encode(hash_of(&dossier)),
            dossier,
            entry: hex::encode(entry),
            receipt,
            checksum: String::new(),
        };
        file.checksum = hex::encode(hash_of(&file.written()));
        file
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        self.written().into_bytes()
    }

    fn written(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Checks a file, and against `heads` when some are given.
    ///
    /// # Errors
    ///
    /// [`ProofFault`] names the first thing that does not fit.
    pub fn verify(bytes: &[u8], heads: Option<&[Head]>) -> Result<Proven, ProofFault> {
        let file: Self = serde_json::from_slice(bytes).map_err(|_| ProofFault::Form)?;
        // Another way of writing the same is another file: so that every changed bit is found.
        if file.format != FORMAT || file.bytes() != bytes {
            return Err(ProofFault::Form);
        }
        let bare = Self { checksum: String::new(), ..file.clone() };
        if hex::encode(hash_of(&bare.written())) != file.checksum {
            return Err(ProofFault::Checksum);
        }
        let dossier = Dossier::read(&file.dossier).ok_or(ProofFault::Dossier)?;
        if hex::encode(hash_of(&file.dossier)) != file.sha256 {
            return Err(ProofFault::Dossier);
        }
        let entry = hex::decode(&file.entry).map_err(|_| ProofFault::Entry)?;
        let facts = read_entry(&entry).ok_or(ProofFault::Entry)?;
        let data: serde_json::Value =
            serde_json::from_str(&facts.data).map_err(|_| ProofFault::Entry)?;
        let says = |key: &str, value: &str| data.get(key).and_then(|it| it.as_str()) == Some(value);
        let is_of_dossier = says("hash", &file.sha256)
            && says("code", &dossier.code)
            && matches!(facts.kind.as_str(), "InitiativeSent" | "InitiativeSupplied");
        if !is_of_dossier || facts.position != file.receipt.position {
            return Err(ProofFault::Entry);
        }
        file.receipt.check(&entry).map_err(|_| ProofFault::Log)?;
        let head = (file.receipt.size, file.receipt.root.clone());
        if let Some(heads) = heads {
            let is_known = |it: &&Head| it.size == head.0 && hex::encode(it.root) == head.1;
            heads.iter().find(is_known).ok_or(ProofFault::Heads)?;
        }
        Ok(Proven {
            dossier,
            sha256: file.sha256,
            at: facts.at,
            position: facts.position,
            head,
            is_anchored: heads.is_some(),
        })
    }
}
