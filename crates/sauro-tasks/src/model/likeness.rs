use std::collections::HashSet;

/// How alike two folded texts are, in per cent: the share of words they have in common among all words
/// of both (Jaccard).
pub(crate) fn likeness(a: &str, b: &str) -> u8 {
    if a == b {
        return 100;
    }
    let a: HashSet<&str> = a.split(' ').collect();
    let b: HashSet<&str> = b.split(' ').collect();
    let common = a.intersection(&b).count();
    let all = a.union(&b).count();
    u8::try_from(common * 100 / all.max(1)).unwrap_or(100).min(99)
}
