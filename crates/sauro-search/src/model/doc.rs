use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Kind;

/// Names one thing for ever: its kind, and the id or code by which its room knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocKey {
    /// What it is.
    pub kind: Kind,
    /// Its id in its room.
    pub id: String,
}

/// One thing that everybody may read, as its room hands it over. What only some may read has no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// Which thing.
    pub key: DocKey,
    /// Its page, from the root of the site.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What stands under the title, such as a number.
    pub summary: String,
    /// Everything of it that can be found.
    pub text: String,
    /// The code of the agency that answers for it, or empty.
    pub agency: String,
    /// Codes of all agencies it belongs to: that one, those above it, and others that have a part in it.
    pub within: Vec<String>,
    /// Its field: code and name, both empty without one.
    pub field: (String, String),
    /// Its day, in microseconds since 1970; of something without a day 0.
    pub at: i64,
}

/// What of a document is shown, as the index keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) text: String,
    pub(crate) agency: String,
    pub(crate) field: (String, String),
    pub(crate) at: i64,
}

/// Bytes of a text that are kept for passages. What stands behind is found, and shown by its beginning.
const MOST_KEPT: usize = 24_000;

impl DocKey {
    /// The key of the `kind` thing `id`.
    pub fn new(kind: Kind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_string() }
    }
}

impl fmt::Display for DocKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

impl FromStr for DocKey {
    type Err = super::kind::NoSuchKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once('/').ok_or(super::kind::NoSuchKind)?;
        Ok(Self { kind: kind.parse()?, id: id.to_owned() })
    }
}

impl Doc {
    pub(crate) fn kept(&self) -> Kept {
        let end = (0..=MOST_KEPT.min(self.text.len()))
            .rev()
            .find(|n| self.text.is_char_boundary(*n))
            .unwrap_or_default();
        Kept {
            address: self.address.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            text: self.text.get(..end).unwrap_or_default().to_owned(),
            agency: self.agency.clone(),
            field: self.field.clone(),
            at: self.at,
        }
    }
}
