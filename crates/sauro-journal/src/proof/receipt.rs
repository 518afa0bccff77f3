use ct_merkle::{InclusionProof, RootHash};
use sauro_store::{Conn, StoreError};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::leaf::{RawEntry, raw_after};
use super::nodes::{last_head, node};
use super::tree::{leaf_hash, path_of};

/// Proves that an entry is in the log, to whoever has a head: published, or kept in the file of
/// heads. Says nothing of what the entry holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The entry's place, from 1.
    pub position: i64,
    /// How many entries the head covers.
    pub size: i64,
    /// The head's root, hexadecimal.
    pub root: String,
    /// When the head was computed, microseconds since 1970, UTC.
    pub at: i64,
    /// The entry's leaf, hexadecimal.
    pub leaf: String,
    /// The audit path from the leaf up (RFC 6962, 2.1.1), hexadecimal.
    pub path: Vec<String>,
}

/// Why there is no proof, or why it does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// No head covers this position yet, or there is no such entry.
    #[error("no head covers entry {0} yet")]
    NotSealed(i64),
    /// The receipt does not lead from this entry to its root.
    #[error("the receipt does not hold")]
    DoesNotHold,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A receipt for the entry at `position`, under the newest head. Reads a few hundred rows at most.
pub async fn prove(conn: &mut Conn, position: i64) -> Result<Receipt, ProofError> {
    let head = last_head(conn).await?.ok_or(ProofError::NotSealed(position))?;
    if position < 1 || position > head.size {
        return Err(ProofError::NotSealed(position));
    }
    let leaf = node(conn, position - 1, position).await?;
    let mut path = Vec::new();
    for (from, to) in path_of(position - 1, head.size) {
        path.push(hex::encode(node(conn, from, to).await?));
    }
    let (root, leaf) = (hex::encode(head.root), hex::encode(leaf));
    Ok(Receipt { position, size: head.size, root, at: head.at, leaf, path })
}

/// The bytes that the leaf of the entry at `position` is computed from: what [`Receipt::check`]
/// wants.
pub async fn entry_bytes(conn: &mut Conn, position: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let found = raw_after(conn, position.saturating_sub(1), 1).await?;
    Ok(found.first().filter(|it| it.position == position).map(RawEntry::bytes))
}

impl Receipt {
    /// Checks that an entry with these [`entry_bytes`] is in the log under this receipt's root.
    /// Compare the root with a published one of the same size yourself.
    ///
    /// # Errors
    ///
    /// [`ProofError::DoesNotHold`], also for a receipt that makes no sense.
    pub fn check(&self, entry: &[u8]) -> Result<(), ProofError> {
        self.holds(entry).ok_or(ProofError::DoesNotHold)
    }

    fn holds(&self, entry: &[u8]) -> Option<()> {
        let root = decode(&self.root)?;
        if decode(&self.leaf)? != leaf_hash(entry) {
            return None;
        }
        let index = u64::try_from(self.position.checked_sub(1)?).ok()?;
        let size = u64::try_from(self.size).ok()?;
        let path: Vec<_> = self.path.iter().map(|it| decode(it)).collect::<Option<_>>()?;
        let path = InclusionProof::<Sha256>::try_from_bytes(path.concat()).ok()?;
        let root = RootHash::<Sha256>::new(root.into(), size);
        root.verify_inclusion(&entry, index, &path).ok()
    }
}

fn decode(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}
