//! Queries on the catalogue. One file per table; one function per question.

pub(crate) mod agencies;
pub(crate) mod holidays;
pub(crate) mod place_predecessors;
pub(crate) mod places;

/// `($1, $2), ($3, $4)` for `n_rows` rows of `n_columns`.
fn places_of(n_rows: usize, n_columns: usize) -> String {
    let row = |n: usize| {
        let cells = (1..=n_columns).map(|c| format!("${}", n * n_columns + c)).collect::<Vec<_>>();
        format!("({})", cells.join(", "))
    };
    (0..n_rows).map(row).collect::<Vec<_>>().join(", ")
}
