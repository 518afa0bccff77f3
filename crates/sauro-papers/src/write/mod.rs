//! Spreadsheets out: templates to fill in, exports, and uploads with their errors marked.

mod export;
mod form;
mod marks;
mod template;
#[cfg(test)]
mod tests;

pub use export::{CellValue, SheetPart, write_book, write_csv, write_sheet};
pub use form::{Form, FormCell, FormColumn, write_form};
pub use marks::{CellError, ERROR_HEADING, mark_errors, mark_table, mark_table_at};
pub use template::{Column, write_template};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, XlsxError};

use crate::error::PaperError;

impl From<XlsxError> for PaperError {
    fn from(error: XlsxError) -> Self {
        Self::NotWritten { detail: error.to_string().chars().take(300).collect() }
    }
}

/// Longest text Excel takes in one cell, in UTF-16 units.
const MAX_CELL_UNITS: usize = 32_767;

/// The heading of a column.
fn heading_format(is_required: bool) -> Format {
    let fill = if is_required { 0x0B_5C_AD } else { 0x4A_6B_8A };
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(fill))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
}

/// Ordinary cells: top of the row, lines wrapped.
fn body_format() -> Format {
    Format::new().set_align(FormatAlign::Top).set_text_wrap()
}

/// Text that a spreadsheet would take for a formula or a command when typed.
fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// At most what one cell takes; what is cut shows as `…`.
fn fitting(text: &str) -> String {
    if text.len() <= MAX_CELL_UNITS || text.encode_utf16().count() <= MAX_CELL_UNITS {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < MAX_CELL_UNITS
    });
    kept.chain(['…']).collect()
}

/// Row and column as the library wants them; too many are refused.
fn place(row: usize, column: usize) -> Result<(u32, u16), PaperError> {
    use crate::error::TooBig;
    const MOST_ROWS: u64 = 1_048_576;
    const MOST_COLUMNS: u64 = 16_384;
    let r = u32::try_from(row).ok().filter(|r| u64::from(*r) < MOST_ROWS);
    let c = u16::try_from(column).ok().filter(|c| u64::from(*c) < MOST_COLUMNS);
    match (r, c) {
        (Some(r), Some(c)) => Ok((r, c)),
        (None, _) => Err(PaperError::too_big(TooBig::Rows, MOST_ROWS)),
        (_, None) => Err(PaperError::too_big(TooBig::Columns, MOST_COLUMNS)),
    }
}
