//! Rows as they ended up, many in one statement: for a past that is written at once.

mod acts;
mod counters;
mod reports;
mod tasks;

pub(crate) use acts::{explanations, extensions, urges};
pub(crate) use counters::{give_receipts, give_tasks, go_on};
pub(crate) use reports::{evidence, files, items, reports, verifications};
pub(crate) use tasks::{deliverables, history, tasks};

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
