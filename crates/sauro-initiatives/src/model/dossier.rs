use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A dossier in the form that is hashed: its text, byte for byte, is what the log vouches for. Names
/// stand in it as marks only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// The code.
    pub code: String,
    /// The version of the dossier, from 1.
    pub n: i64,
    /// The code of the kind.
    pub kind: String,
    /// The code of the area.
    pub area: String,
    /// The title.
    pub title: String,
    /// How things are without it.
    pub present: String,
    /// What it is.
    pub content: String,
    /// What is new.
    pub novelty: String,
    /// Where else it can be used.
    pub applicability: String,
    /// What is gained, in words.
    pub benefit: String,
    /// What is gained, in figures.
    pub figures: Option<Benefit>,
    /// The code of the ownership, and what is said about it.
    pub ownership: (String, String),
    /// The code of the agency that it was sent to.
    pub receiver: String,
    /// The code of the agency in whose name it was sent, or empty.
    pub unit: String,
    /// The authors.
    pub authors: Vec<AuthorMark>,
    /// The files.
    pub files: Vec<FileMark>,
    /// What was agreed to: purpose and version of its words.
    pub consents: Vec<(String, String)>,
    /// What was added when it was asked for.
    pub supplements: Vec<String>,
    /// The number of the published problem that it answers, or empty. Dossiers without one are written as
    /// they were before there were problems, so that their hashes stay true.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answers: String,
}

/// A benefit that can be measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// How much.
    pub amount: Decimal,
    /// Of what, on screen.
    pub unit: String,
    /// Where the figure comes from.
    pub source: String,
}

/// An author as the dossier shows one to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorMark {
    /// The share, in hundredths of a percent.
    pub share_bp: i64,
    /// SHA-256 of salt, name and unit, hexadecimal: whoever has the three can show that they are the author.
    pub mark: String,
}

/// A file as the dossier names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileMark {
    /// Its name.
    pub name: String,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub n_bytes: u64,
    /// What it is.
    pub mime: String,
}

/// A person behind an author's mark. Stored sealed, never logged, never in the journal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Where they work or live, as typed.
    pub unit: String,
    /// The telephone, of the first author only.
    pub phone: String,
    /// The mail, of the first author only.
    pub mail: String,
    /// What makes the mark impossible to guess, hexadecimal.
    pub salt: String,
}

/// An author as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Counted from 1.
    pub n: i64,
    /// The share, in hundredths of a percent.
    pub share_bp: i64,
    /// The agency where the author works, if the directory knows it.
    pub agency: Option<AgencyId>,
    /// The account that sent it, of the first author only.
    pub account: Option<AccountId>,
    /// The sealed [`Person`].
    pub sealed: Vec<u8>,
    /// The name to show to everybody, if the authors agreed; else empty.
    pub public_name: String,
}

// Whatever is debugged may end in a log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person")
    }
}

impl Person {
    /// The mark of this person.
    pub fn mark(&self) -> String {
        let text = serde_json::json!([self.salt, self.name, self.unit]).to_string();
        hex::encode(hash_of(&text))
    }
}

impl Dossier {
    /// The text that is hashed.
    pub fn text(&self) -> String {
        // Only a map with keys that are no text can fail, and there is none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a text that [`Dossier::text`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// True when `purpose` was agreed to.
    pub fn agrees(&self, purpose: super::Consent) -> bool {
        self.consents.iter().any(|it| it.0 == purpose.code())
    }
}

/// SHA-256 of `text`.
pub fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
