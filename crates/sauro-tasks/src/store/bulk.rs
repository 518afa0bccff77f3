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

/// Rows a statement holds when a whole past is written, from large to small: few texts of SQL serve
/// every number of rows, so that each is prepared once.
const PIECES: [usize; 5] = [256, 64, 16, 4, 1];

/// `rows` in pieces whose lengths are [`PIECES`].
pub(crate) fn pieces<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = PIECES.into_iter().find(|size| *size <= rest.len())?;
        let (piece, more) = rest.split_at_checked(size)?;
        rest = more;
        Some(piece)
    })
}

/// `INSERT INTO {table} ({columns}) VALUES` with placeholders for `n_rows` rows, in their order.
pub(crate) fn insert_text(table: &str, columns: &[&str], n_rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let mut n = 0;
    for row in 0..n_rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            n += 1;
            sql.push_str(if column == 0 { "$" } else { ", $" });
            sql.push_str(&n.to_string());
        }
        sql.push(')');
    }
    sql
}

/// Writes `rows` into `$table`, `$query` binding one row to the statement.
macro_rules! insert_rows {
    ($conn:expr, $table:literal, $columns:expr, $rows:expr, |$query:ident, $row:pat_param| $bound:expr) => {{
        for piece in $crate::store::bulk::pieces($rows) {
            let sql = $crate::store::bulk::insert_text($table, $columns, piece.len());
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
