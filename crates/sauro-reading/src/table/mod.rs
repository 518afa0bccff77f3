//! Tables of tasks: appendix, register, spreadsheet → draft tasks.

mod columns;
mod rows;

pub use columns::Column;
pub(crate) use rows::{read, read_as};

/// Whether one of the first rows is a heading of a table of tasks.
pub(crate) fn has_header(rows: &[Vec<String>]) -> bool {
    columns::header(rows).is_some()
}
