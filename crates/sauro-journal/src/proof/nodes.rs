//! The tree in the database: every leaf, and the hashes of whole subtrees of 256, 65536 … leaves.
//! Any other node is computed from at most 256 of these.

use sauro_store::{Conn, StoreError, run};

use super::Hash;
use super::tree::{Edge, cover, parent, peaks_of};

/// Subtrees are kept at every eighth level.
pub(super) const STEP: u32 = 8;

/// Rows in one INSERT.
const AT_ONCE: usize = 200;

/// The root over the first `size` entries, as written at `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many entries it covers.
    pub size: i64,
    /// The root of the tree over them.
    pub root: [u8; 32],
    /// When it was computed, microseconds since 1970, UTC.
    pub at: i64,
}

/// The newest head.
pub async fn last_head(conn: &mut Conn) -> Result<Option<Head>, StoreError> {
    last_head_row(conn).await?.map(Head::try_from).transpose()
}

/// The newest head as stored.
pub(super) async fn last_head_row(conn: &mut Conn) -> Result<Option<HeadRow>, StoreError> {
    const SQL: &str = "SELECT size, root, at FROM journal_heads ORDER BY size DESC LIMIT 1";
    run!(conn, c => sqlx::query_as::<_, HeadRow>(SQL).fetch_optional(c).await)
}

/// The heads after `size`, from small to large, at most `limit`.
pub(super) async fn heads_after(
    conn: &mut Conn,
    size: i64,
    limit: i64,
) -> Result<Vec<HeadRow>, StoreError> {
    const SQL: &str =
        "SELECT size, root, at FROM journal_heads WHERE size > $1 ORDER BY size LIMIT $2";
    run!(conn, c => sqlx::query_as::<_, HeadRow>(SQL).bind(size).bind(limit).fetch_all(c).await)
}

/// A head as stored, also when it makes no sense any more.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct HeadRow {
    pub(super) size: i64,
    pub(super) root: Vec<u8>,
    pub(super) at: i64,
}

impl TryFrom<HeadRow> for Head {
    type Error = StoreError;

    fn try_from(row: HeadRow) -> Result<Self, StoreError> {
        let root = row.root.try_into().map_err(|_| corrupt("journal_heads", row.size))?;
        Ok(Self { size: row.size, root, at: row.at })
    }
}

/// Writes a head down.
pub(super) async fn insert_head(conn: &mut Conn, head: &Head) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO journal_heads (size, root, at) VALUES ($1, $2, $3)";
    run!(conn, c => sqlx::query(SQL)
        .bind(head.size)
        .bind(head.root.as_slice())
        .bind(head.at)
        .execute(c)
        .await
        .map(drop))
}

/// Writes leaves down, the first at position `first`.
pub(super) async fn insert_leaves(
    conn: &mut Conn,
    first: i64,
    leaves: &[Hash],
) -> Result<(), StoreError> {
    let mut position = first;
    for some in leaves.chunks(AT_ONCE) {
        let sql = many("INSERT INTO journal_leaves (position, leaf_hash) VALUES ", 2, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for (at, leaf) in (position..).zip(some) {
                query = query.bind(at).bind(leaf.as_slice());
            }
            query.execute(c).await.map(drop)
        })?;
        position += some.len() as i64;
    }
    Ok(())
}

/// Writes whole subtrees down.
pub(super) async fn insert_subtrees(
    conn: &mut Conn,
    subtrees: &[(u32, i64, Hash)],
) -> Result<(), StoreError> {
    for some in subtrees.chunks(AT_ONCE) {
        let head = "INSERT INTO journal_subtrees (level, ordinal, hash) VALUES ";
        let sql = many(head, 3, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for (level, ordinal, hash) in some {
                query = query.bind(i64::from(*level)).bind(ordinal).bind(hash.as_slice());
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// `head` and places for `n_rows` rows of `n_columns`.
fn many(head: &str, n_columns: usize, n_rows: usize) -> String {
    let row = |n: usize| {
        let places: Vec<_> =
            (1..=n_columns).map(|column| format!("${}", n * n_columns + column)).collect();
        format!("({})", places.join(", "))
    };
    format!("{head}{}", (0..n_rows).map(row).collect::<Vec<_>>().join(", "))
}

/// A leaf as stored, also when it makes no sense any more.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct LeafRow {
    pub(super) position: i64,
    pub(super) leaf_hash: Vec<u8>,
}

/// The leaves after position `cursor`, at most `limit`.
pub(super) async fn leaves_after(
    conn: &mut Conn,
    cursor: i64,
    limit: i64,
) -> Result<Vec<LeafRow>, StoreError> {
    const SQL: &str = "
        SELECT position, leaf_hash
        FROM journal_leaves
        WHERE position > $1
        ORDER BY position
        LIMIT $2";
    run!(conn, c => sqlx::query_as::<_, LeafRow>(SQL).bind(cursor).bind(limit).fetch_all(c).await)
}

/// A subtree as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct SubtreeRow {
    pub(super) ordinal: i64,
    pub(super) hash: Vec<u8>,
}

/// The subtrees of `level` from `ordinal` on, at most `limit`.
pub(super) async fn subtrees_from(
    conn: &mut Conn,
    level: u32,
    ordinal: i64,
    limit: i64,
) -> Result<Vec<SubtreeRow>, StoreError> {
    const SQL: &str = "
        SELECT ordinal, hash
        FROM journal_subtrees
        WHERE level = $1 AND ordinal >= $2
        ORDER BY ordinal
        LIMIT $3";
    run!(conn, c => sqlx::query_as::<_, SubtreeRow>(SQL)
        .bind(i64::from(level))
        .bind(ordinal)
        .bind(limit)
        .fetch_all(c)
        .await)
}

/// The edge of the tree over the first `size` entries.
pub(super) async fn edge_at(conn: &mut Conn, size: i64) -> Result<Edge, StoreError> {
    let mut peaks = Vec::new();
    for (level, ordinal) in peaks_of(size) {
        peaks.push((level, ordinal, whole(conn, level, ordinal).await?));
    }
    Ok(Edge::of(size, peaks))
}

/// The node over the leaves `from..to`, counted from 0: what an audit path is made of.
pub(super) async fn node(conn: &mut Conn, from: i64, to: i64) -> Result<Hash, StoreError> {
    let mut node: Option<Hash> = None;
    for (level, ordinal) in cover(from, to).into_iter().rev() {
        let left = whole(conn, level, ordinal).await?;
        node = Some(node.map_or(left, |right| parent(&left, &right)));
    }
    node.ok_or_else(|| corrupt("journal_leaves", from))
}

/// The root of one whole subtree, from the nearest hashes kept below it.
async fn whole(conn: &mut Conn, level: u32, ordinal: i64) -> Result<Hash, StoreError> {
    let below = level - level % STEP;
    let width = 1_i64 << (level - below);
    let first = ordinal * width;
    let found: Vec<(i64, Vec<u8>)> = if below == 0 {
        let rows = leaves_after(conn, first, width).await?;
        rows.into_iter().map(|row| (row.position - 1, row.leaf_hash)).collect()
    } else {
        let rows = subtrees_from(conn, below, first, width).await?;
        rows.into_iter().map(|row| (row.ordinal, row.hash)).collect()
    };
    let table = if below == 0 { "journal_leaves" } else { "journal_subtrees" };
    let mut edge = Edge::default();
    for (expected, (at, hash)) in (first..).zip(found) {
        let hash = hash.try_into().map_err(|_| corrupt(table, at))?;
        if at != expected {
            return Err(corrupt(table, expected));
        }
        edge.push(hash, |_, _, _| {});
    }
    if edge.size() == width { Ok(edge.root()) } else { Err(corrupt(table, first + edge.size())) }
}

fn corrupt(table: &'static str, row: i64) -> StoreError {
    let reason = "the proof of the journal is broken here; verify the log".to_owned();
    StoreError::Corrupt { table, row: row.to_string(), reason }
}
