//! The arithmetic of the Merkle tree (RFC 6962, 2.1), on hashes alone.
//!
//! `ct-merkle` holds whole trees in memory, so it checks proofs here and is the yardstick of the
//! tests; growing a tree of millions of entries needs only the hashes of its whole subtrees.

use sha2::{Digest, Sha256};

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// The leaf of an entry.
pub(super) fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The node above two others.
pub(super) fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A tree known by its right edge: the roots of its whole subtrees, from large to small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Edge {
    /// Level (the subtree has 2^level leaves), ordinal among those of its level, hash.
    peaks: Vec<(u32, i64, Hash)>,
    size: i64,
}

impl Edge {
    /// The edge of a tree of `size` leaves, from its peaks as [`peaks_of`] lists them.
    pub(super) fn of(size: i64, peaks: Vec<(u32, i64, Hash)>) -> Self {
        Self { peaks, size }
    }

    /// How many leaves.
    pub(super) fn size(&self) -> i64 {
        self.size
    }

    /// Adds a leaf and hands each subtree that became whole to `completed`.
    pub(super) fn push(&mut self, leaf: Hash, mut completed: impl FnMut(u32, i64, &Hash)) {
        let mut node = (0, self.size, leaf);
        self.size += 1;
        while let Some((level, ordinal, left)) = self.peaks.pop_if(|peak| peak.0 == node.0) {
            node = (level + 1, ordinal / 2, parent(&left, &node.2));
            completed(node.0, node.1, &node.2);
        }
        self.peaks.push(node);
    }

    /// The root; of an empty tree, the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().map(|peak| peak.2);
        let Some(last) = peaks.next() else { return Sha256::digest([]).into() };
        peaks.fold(last, |right, left| parent(&left, &right))
    }
}

/// The whole subtrees that a tree of `size` leaves is made of, from large to small.
pub(super) fn peaks_of(size: i64) -> Vec<(u32, i64)> {
    cover(0, size)
}

/// The whole subtrees that make up the leaves `from..to`, where `from` is a multiple of each.
pub(super) fn cover(from: i64, to: i64) -> Vec<(u32, i64)> {
    let mut subtrees = Vec::new();
    let mut at = from;
    for level in (0..63).rev() {
        let width = 1_i64 << level;
        if (to - at) & width != 0 {
            subtrees.push((level, at >> level));
            at += width;
        }
    }
    subtrees
}

/// The audit path of leaf `index` in a tree of `size`: from the leaf upwards, the leaves under each
/// sibling.
pub(super) fn path_of(index: i64, size: i64) -> Vec<(i64, i64)> {
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        // The largest power of two below the number of leaves.
        let half = 1_i64 << (i64::BITS - 1 - (to - from - 1).leading_zeros());
        let middle = from + half;
        if index < middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;

    use super::*;

    fn range(nodes: &[Hash], (from, to): (i64, i64)) -> Hash {
        let mut edge = Edge::default();
        for leaf in &nodes[from as usize..to as usize] {
            edge.push(*leaf, |_, _, _| {});
        }
        edge.root()
    }

    #[test]
    fn roots_and_audit_paths_are_those_of_rfc_6962() {
        let mut yardstick = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        let (mut edge, mut leaves) = (Edge::default(), Vec::new());
        assert_eq!(hex::encode(edge.root()), hex::encode(Sha256::digest([])));
        for n in 0..150_i64 {
            let entry = n.to_be_bytes().to_vec();
            leaves.push(leaf_hash(&entry));
            edge.push(leaf_hash(&entry), |_, _, _| {});
            yardstick.push(entry);
            assert_eq!(edge.root().as_slice(), yardstick.root().as_bytes().as_slice());
            let peaks = peaks_of(n + 1);
            assert_eq!(peaks, edge.peaks.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
            for index in 0..=n {
                let path: Vec<u8> =
                    path_of(index, n + 1).iter().flat_map(|it| range(&leaves, *it)).collect();
                let expected = yardstick.prove_inclusion(index as usize);
                assert_eq!(path, expected.as_bytes(), "leaf {index} of {}", n + 1);
            }
        }
    }
}
