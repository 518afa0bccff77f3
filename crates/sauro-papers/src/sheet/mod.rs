//! Spreadsheets, comma-separated files and pasted cells as plain rows of text.

mod delimited;
mod ods;
mod table;
#[cfg(test)]
mod tests;
mod xlsx;
mod xlsx_marks;

pub use delimited::paste_table;
pub(crate) use table::TableBuilder;
pub use table::{Cell, CellKind, Table, column_name};

use crate::docx;
use crate::error::{PaperError, Wanted, check_file_size};
use crate::kind::{FileKind, sniff};
use crate::letters;

/// Reads the first visible sheet (or table) that has content: xlsx, ods, csv, tab-separated txt, docx.
///
/// # Errors
///
/// [`PaperError`] whose [`PaperError::sentence`] says what is wrong and how to mend it.
pub fn read_table(bytes: &[u8], name: &str) -> Result<Table, PaperError> {
    read_tables(bytes, name)?.into_iter().next().ok_or(PaperError::Empty { what: "Bảng" })
}

/// Reads every visible sheet (or table) that has content, in order; never an empty list.
///
/// # Errors
///
/// As [`read_table`].
pub fn read_tables(bytes: &[u8], name: &str) -> Result<Vec<Table>, PaperError> {
    check_file_size(bytes)?;
    let kind = sniff(bytes, name)?;
    let tables = match kind {
        FileKind::XLSX => xlsx::read(bytes)?,
        FileKind::ODS => ods::read(bytes)?,
        FileKind::CSV | FileKind::TXT => vec![delimited::read(&letters::decode(bytes)?.text)?],
        FileKind::DOCX => docx::read(bytes)?.tables,
        other => {
            return Err(PaperError::NotReadable {
                what: other.label.to_owned(),
                wanted: Wanted::Table,
            });
        }
    };
    let tables: Vec<Table> = tables.into_iter().filter(|t| !t.rows.is_empty()).collect();
    if tables.is_empty() {
        return Err(PaperError::Empty { what: kind.label });
    }
    Ok(tables)
}
