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

/// Writes `rows` into `$table`, `$query` binding one row to the statement.
macro_rules! insert_rows {
    ($conn:expr, $table:literal, $columns:expr, $rows:expr, |$query:ident, $row:pat_param| $bound:expr) => {{
        for piece in sauro_store::pieces($rows) {
            let sql = sauro_store::insert_text($conn.dialect(), $table, $columns, piece.len());
            sauro_store::run!($conn, c => {
                let mut $query = sqlx::query(sqlx::AssertSqlSafe(sql));
                for $row in piece {
                    $query = $bound;
                }
                $query.execute(c).await.map(drop)
            })?;
        }
        Ok(())
    }};
}
pub(crate) use insert_rows;
