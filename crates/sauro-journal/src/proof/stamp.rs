use std::path::Path;

use sauro_store::{Conn, Db, StoreError};

use super::leaf::{RawEntry, raw_after};
use super::nodes::{STEP, edge_at, insert_head, insert_leaves, insert_subtrees, last_head};
use super::{AnchorError, Hash, Head, anchor};
use crate::{Reader, ReaderError, seal};

/// Entries in one transaction, so that nobody waits long for it.
const AT_ONCE: i64 = 500;

/// Follows the journal like any other reader.
pub(super) const STAMPER: Reader = Reader::new("seal");

/// Why the proof did not get on.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// The store failed; [`StoreError::Corrupt`] when the proof itself is broken.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The heads are in the database, but not in the file.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
}

/// What one round adds.
struct Round {
    from: i64,
    head: Head,
    leaves: Vec<Hash>,
    subtrees: Vec<(u32, i64, Hash)>,
}

/// Takes all entries written so far into the proof. Answers with the newest head, `None` before
/// the first entry.
///
/// Call it often: entries that no head covers can still be changed unseen. Writers do not wait for
/// it, and several processes may call it at once. Each call that finds something new adds a line to
/// `anchor`, about a hundred bytes.
pub async fn stamp(
    db: &Db,
    now_us: i64,
    anchor: Option<&Path>,
) -> Result<Option<Head>, StampError> {
    loop {
        seal(db).await?;
        let Some(round) = next_round(&mut db.read().await?, now_us).await? else { break };
        let mut conn = db.write().await?;
        match write(&mut conn, &round).await {
            Ok(()) => conn.commit().await?,
            // Another process was faster; go on from where it stopped.
            Err(ReaderError::Overtaken) => continue,
            Err(ReaderError::Store(err)) => return Err(err.into()),
        }
        if let Some(path) = anchor {
            anchor::keep(path, round.head).await?;
        }
    }
    let head = last_head(&mut db.read().await?).await?;
    if let (Some(path), Some(head)) = (anchor, head) {
        // A crash may have come between the database and the file.
        anchor::keep(path, head).await?;
    }
    Ok(head)
}

/// Reads and hashes outside the turn to write.
async fn next_round(conn: &mut Conn, now_us: i64) -> Result<Option<Round>, StoreError> {
    let from = STAMPER.position(conn).await?;
    let entries = raw_after(conn, from, AT_ONCE).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    let mut edge = edge_at(conn, from).await?;
    let leaves: Vec<Hash> = entries.iter().map(RawEntry::leaf).collect();
    let mut subtrees = Vec::new();
    for leaf in &leaves {
        edge.push(*leaf, |level, ordinal, hash| {
            if level % STEP == 0 {
                subtrees.push((level, ordinal, *hash));
            }
        });
    }
    let head = Head { size: edge.size(), root: edge.root(), at: now_us };
    Ok(Some(Round { from, head, leaves, subtrees }))
}

async fn write(conn: &mut Conn, round: &Round) -> Result<(), ReaderError> {
    STAMPER.move_on(conn, round.from, round.head.size).await?;
    insert_leaves(conn, round.from + 1, &round.leaves).await?;
    insert_subtrees(conn, &round.subtrees).await?;
    Ok(insert_head(conn, &round.head).await?)
}
