//! Many rows in one statement.

use crate::Dialect;

/// Rows a statement holds, from large to small: few texts of SQL serve every number of rows, so that
/// each is prepared once.
const PIECES: [usize; 5] = [256, 64, 16, 4, 1];

/// `rows` in pieces, none larger than a statement may be.
pub fn pieces<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = PIECES.into_iter().find(|size| *size <= rest.len())?;
        let (piece, more) = rest.split_at_checked(size)?;
        rest = more;
        Some(piece)
    })
}

/// `INSERT INTO {table} ({columns}) VALUES` with placeholders for `n_rows` rows, in their order.
pub fn insert_text(dialect: Dialect, table: &str, columns: &[&str], n_rows: usize) -> String {
    let values = values_text(dialect, columns.len(), n_rows);
    format!("INSERT INTO {table} ({}) {values}", columns.join(", "))
}

/// `VALUES` with placeholders for `n_rows` rows of `n_columns`, in their order.
///
/// On SQLite they have no numbers: each bound value would look for its own among all of them.
pub fn values_text(dialect: Dialect, n_columns: usize, n_rows: usize) -> String {
    let mut sql = String::from("VALUES ");
    let mut n = 0;
    for row in 0..n_rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..n_columns {
            n += 1;
            if column > 0 {
                sql.push_str(", ");
            }
            match dialect {
                Dialect::Sqlite => sql.push('?'),
                Dialect::Postgres => sql.push_str(&format!("${n}")),
            }
        }
        sql.push(')');
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_place_for_each_value_in_the_words_of_its_engine() {
        let text = |dialect| insert_text(dialect, "t", &["a", "b"], 2);
        assert_eq!(text(Dialect::Sqlite), "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)");
        assert_eq!(text(Dialect::Postgres), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)");
    }

    #[test]
    fn pieces_hold_every_row_once_and_in_order() {
        for n in [0, 1, 3, 5, 256, 257, 1000] {
            let rows: Vec<usize> = (0..n).collect();
            let back: Vec<usize> = pieces(&rows).flatten().copied().collect();
            assert_eq!(back, rows);
            assert!(pieces(&rows).all(|it| PIECES.contains(&it.len())));
        }
    }
}
