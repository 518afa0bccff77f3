use std::collections::VecDeque;
use std::path::Path;

use sauro_store::{Conn, Db, StoreError};

use super::leaf::{RawEntry, raw_after};
use super::nodes::{
    HeadRow, LeafRow, STEP, heads_after, last_head_row, leaves_after, subtrees_from,
};
use super::stamp::STAMPER;
use super::tree::Edge;
use super::{AnchorError, Fault, Hash, Head, What, anchor};
use crate::seal;

/// Rows read at once.
const PAGE: i64 = 1000;

/// Before every position, also those that cannot be.
const START: i64 = i64::MIN;

/// How far a walk has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last entry looked at.
    pub position: i64,
    /// How many entries the newest head covers: the end, about.
    pub sealed: i64,
}

/// What a walk over the log has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Entries that fit.
    pub n_entries: i64,
    /// How many of them a head covers. The others were written since; [`stamp`](super::stamp) takes them in.
    pub n_sealed: i64,
    /// Heads that fit.
    pub n_heads: u64,
    /// Heads of the outside file that fit.
    pub n_anchored: u64,
    /// The root over all entries that fit.
    pub root: [u8; 32],
    /// The first thing that does not fit. `None`: the log is sound.
    pub fault: Option<Fault>,
}

/// Why the log could not be walked to its end.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The outside file cannot be read.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
}

/// Either a failure of the walk or what it looks for.
enum Stop {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(err: StoreError) -> Self {
        Self::Store(err)
    }
}

/// Walks the whole log in one moment of the database: recomputes each leaf from its entry, the
/// kept hashes, the root at every head and at every head of the file `anchor`, and stops at the
/// first that does not fit.
pub async fn verify(
    db: &Db,
    anchor: Option<&Path>,
    progress: impl FnMut(Progress),
) -> Result<Verdict, VerifyError> {
    let anchors = match anchor {
        Some(path) => anchor::read(path).await?.into(),
        None => VecDeque::new(),
    };
    seal(db).await?;
    let mut conn = db.read().await?;
    let newest = last_head_row(&mut conn).await?;
    let mut walk = Walk {
        edge: Edge::default(),
        heads: VecDeque::new(),
        last_head: START,
        anchors,
        sealed: newest.map_or(0, |head| head.size),
        stamped: STAMPER.position(&mut conn).await?,
        n_heads: 0,
        n_anchored: 0,
        covered: 0,
    };
    let fault = match walk.run(&mut conn, progress).await {
        Ok(()) => None,
        Err(Stop::Fault(fault)) => Some(fault),
        Err(Stop::Store(err)) => return Err(err.into()),
    };
    Ok(Verdict {
        n_entries: walk.edge.size(),
        n_sealed: walk.covered,
        n_heads: walk.n_heads,
        n_anchored: walk.n_anchored,
        root: walk.edge.root(),
        fault,
    })
}

struct Walk {
    /// The tree over the entries seen so far.
    edge: Edge,
    /// Heads read and not compared yet.
    heads: VecDeque<HeadRow>,
    last_head: i64,
    anchors: VecDeque<Head>,
    /// Size of the newest head.
    sealed: i64,
    /// How far the reader that writes the proof says it has come.
    stamped: i64,
    n_heads: u64,
    n_anchored: u64,
    /// Size of the last head that fits.
    covered: i64,
}

impl Walk {
    async fn run(
        &mut self,
        conn: &mut Conn,
        mut progress: impl FnMut(Progress),
    ) -> Result<(), Stop> {
        let (mut entries, mut leaves) = (Page::new(), Page::new());
        loop {
            if entries.is_empty() {
                entries.fill(raw_after(conn, entries.cursor, PAGE).await?, |it| it.position);
                progress(Progress { position: self.edge.size(), sealed: self.sealed });
            }
            if leaves.is_empty() {
                leaves.fill(leaves_after(conn, leaves.cursor, PAGE).await?, |it| it.position);
            }
            let position = self.edge.size() + 1;
            match (entries.rows.pop_front(), leaves.rows.pop_front()) {
                (None, None) => return self.end(),
                (Some(entry), _) if entry.position < position => {
                    return Err(fault(Some(&entry), entry.position, What::OutOfOrder));
                }
                (_, Some(leaf)) if leaf.position < position => {
                    return Err(fault(None, leaf.position, What::OutOfOrder));
                }
                (Some(entry), leaf) if entry.position == position => {
                    self.step(conn, &entry, leaf).await?;
                }
                _ => return Err(fault(None, position, What::EntryMissing)),
            }
        }
    }

    /// One entry that stands where it ought to.
    async fn step(
        &mut self,
        conn: &mut Conn,
        entry: &RawEntry,
        leaf: Option<LeafRow>,
    ) -> Result<(), Stop> {
        let computed = entry.leaf();
        match leaf {
            Some(leaf) if leaf.position == entry.position => {
                if leaf.leaf_hash != computed {
                    let what = self.blame(conn, computed, &leaf.leaf_hash).await?;
                    return Err(fault(Some(entry), entry.position, what));
                }
            }
            // Not covered yet: everything after it is not either.
            None if entry.position > self.sealed.max(self.stamped) => {}
            _ => return Err(fault(Some(entry), entry.position, What::LeafMissing)),
        }
        let mut whole = Vec::new();
        self.edge.push(computed, |level, ordinal, hash| {
            if level % STEP == 0 {
                whole.push((level, ordinal, *hash));
            }
        });
        if self.edge.size() <= self.sealed.max(self.stamped) {
            for subtree in whole {
                check_subtree(conn, subtree).await?;
            }
        }
        self.compare_heads(conn).await
    }

    /// Compares the root with the heads of this size, inside and outside.
    async fn compare_heads(&mut self, conn: &mut Conn) -> Result<(), Stop> {
        let size = self.edge.size();
        let mut at = None;
        while let Some(head) = self.next_head(conn).await?.filter(|it| it.size <= size) {
            let what = What::HeadChanged { size: head.size };
            if head.size < size || head.root != self.edge.root() {
                return Err(self.among(head.size, what));
            }
            self.heads.pop_front();
            self.n_heads += 1;
            self.covered = size;
            at = Some(head.at);
        }
        while let Some(anchor) = self.anchors.pop_front_if(|it| it.size <= size) {
            let is_redated = at.is_some_and(|at| at != anchor.at);
            if anchor.size < size || anchor.root != self.edge.root() || is_redated {
                return Err(self.among(size, What::AnchorDiffers { size: anchor.size }));
            }
            self.n_anchored += 1;
        }
        Ok(())
    }

    async fn next_head(&mut self, conn: &mut Conn) -> Result<Option<HeadRow>, StoreError> {
        if self.heads.is_empty() && self.last_head < self.sealed {
            self.heads = heads_after(conn, self.last_head, PAGE).await?.into();
            self.last_head = self.heads.back().map_or(i64::MAX, |head| head.size);
        }
        Ok(self.heads.front().cloned())
    }

    /// After the last entry nothing may be left.
    fn end(&self) -> Result<(), Stop> {
        let size = self.edge.size();
        if self.sealed > size || self.heads.front().is_some_and(|head| head.size > size) {
            return Err(fault(None, size + 1, What::EntryMissing));
        }
        if let Some(anchor) = self.anchors.front() {
            return Err(self.among(size + 1, What::AnchorDiffers { size: anchor.size }));
        }
        if self.stamped > size {
            return Err(fault(None, size + 1, What::EntryMissing));
        }
        if self.covered < self.stamped {
            return Err(self.among(self.stamped, What::HeadMissing));
        }
        Ok(())
    }

    /// Entry and leaf differ: which of them leads to the next head?
    async fn blame(
        &mut self,
        conn: &mut Conn,
        computed: Hash,
        stored: &[u8],
    ) -> Result<What, StoreError> {
        let Some(head) = self.next_head(conn).await? else { return Ok(What::EntryAndProofChanged) };
        let with = |leaf: Hash| {
            let mut edge = self.edge.clone();
            edge.push(leaf, |_, _, _| {});
            edge
        };
        let mut by_entry = with(computed);
        let mut by_leaf = stored.try_into().ok().map(with);
        let mut at = self.edge.size() + 1;
        while at < head.size {
            let rows = leaves_after(conn, at, PAGE.min(head.size - at)).await?;
            let Some(last) = rows.last() else { break };
            at = last.position;
            for leaf in rows.into_iter().filter_map(|row| Hash::try_from(row.leaf_hash).ok()) {
                by_entry.push(leaf, |_, _, _| {});
                by_leaf.as_mut().into_iter().for_each(|edge| edge.push(leaf, |_, _, _| {}));
            }
        }
        Ok(if by_leaf.is_some_and(|edge| edge.root() == *head.root) {
            What::EntryChanged
        } else if by_entry.root() == *head.root {
            What::LeafChanged
        } else {
            What::EntryAndProofChanged
        })
    }

    /// A fault somewhere after the last head that fits.
    fn among(&self, through: i64, what: What) -> Stop {
        let position = (self.covered + 1).min(through);
        Stop::Fault(Fault { position, through, id: None, subject: None, kind: None, what })
    }
}

/// Rows read ahead.
struct Page<T> {
    rows: VecDeque<T>,
    cursor: i64,
    is_over: bool,
}

impl<T> Page<T> {
    fn new() -> Self {
        Self { rows: VecDeque::new(), cursor: START, is_over: false }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.is_over
    }

    fn fill(&mut self, rows: Vec<T>, position: impl Fn(&T) -> i64) {
        self.is_over = rows.is_empty();
        self.cursor = rows.last().map_or(self.cursor, position);
        self.rows = rows.into();
    }
}

async fn check_subtree(
    conn: &mut Conn,
    (level, ordinal, hash): (u32, i64, Hash),
) -> Result<(), Stop> {
    let rows = subtrees_from(conn, level, ordinal, 1).await?;
    if rows.first().is_some_and(|row| row.ordinal == ordinal && row.hash == hash) {
        return Ok(());
    }
    let (position, through) = ((ordinal << level) + 1, (ordinal + 1) << level);
    let what = What::SubtreeChanged;
    Err(Stop::Fault(Fault { position, through, id: None, subject: None, kind: None, what }))
}

fn fault(entry: Option<&RawEntry>, position: i64, what: What) -> Stop {
    Stop::Fault(Fault {
        position,
        through: position,
        id: entry.map(RawEntry::id),
        subject: entry.map(RawEntry::subject),
        kind: entry.map(RawEntry::kind),
        what,
    })
}
