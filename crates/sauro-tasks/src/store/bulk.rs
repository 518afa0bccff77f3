//! Many rows in one statement.

/// Rows a statement holds at most: far below what both engines allow, and few milliseconds each.
pub(crate) const ROWS: usize = 400;

/// The tuples of a `VALUES` list for `n` rows. `tuple` writes one, given the number of its first own
/// placeholder; the first row's own placeholders start at `first`, each row has `per_row`.
pub(crate) fn values(
    n: usize,
    first: usize,
    per_row: usize,
    tuple: impl Fn(usize) -> String,
) -> String {
    (0..n).map(|row| tuple(first + row * per_row)).collect::<Vec<_>>().join(", ")
}
