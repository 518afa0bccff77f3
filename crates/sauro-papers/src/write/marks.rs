//! An uploaded table given back with its errors where they are.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet};

use super::{body_format, fitting, heading_format, place};
use crate::error::PaperError;
use crate::sheet::{Cell, CellKind, Table, column_name, read_table};

/// Heading of the column that lists the errors of a row.
pub const ERROR_HEADING: &str = "Lỗi cần sửa";
/// Most notes in one file; further errors stand in the column only.
const MAX_NOTES: usize = 2_000;

/// One error in an uploaded table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// Row in [`Table::rows`], from 0 (the heading row included).
    pub row: usize,
    /// Column in the row, from 0; `None` when the row as a whole is wrong.
    pub column: Option<usize>,
    /// Vietnamese sentence: what is wrong and how to mend it.
    pub message: String,
}

/// Reads the first table of `bytes` as [`read_table`] does and marks `errors` in a copy.
///
/// # Errors
///
/// [`PaperError`] when the table cannot be read again.
pub fn mark_errors(bytes: &[u8], name: &str, errors: &[CellError]) -> Result<Vec<u8>, PaperError> {
    mark_table(&read_table(bytes, name)?, errors)
}

/// Writes `table` as xlsx at its old addresses, with the wrong cells in red with a note, and a last
/// column [`ERROR_HEADING`]; that column of an earlier round is dropped.
///
/// # Errors
///
/// [`PaperError`] when there are more rows or columns than Excel takes.
pub fn mark_table(table: &Table, errors: &[CellError]) -> Result<Vec<u8>, PaperError> {
    mark_table_at(table, 0, errors)
}

/// [`mark_table`] where the headings stand in the row `header`, counted from 0 within the table; numbers
/// stay numbers.
///
/// # Errors
///
/// As [`mark_table`].
pub fn mark_table_at(
    table: &Table,
    header: usize,
    errors: &[CellError],
) -> Result<Vec<u8>, PaperError> {
    let mut by_cell: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    let mut by_row: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for error in errors {
        let message = match error.column {
            Some(column) => {
                by_cell.entry((error.row, column)).or_default().push(&error.message);
                format!("Cột {}: {}", column_name(column), error.message)
            }
            None => error.message.clone(),
        };
        by_row.entry(error.row).or_default().push(message);
    }
    let headings = table.rows.get(header).map(Vec::as_slice).unwrap_or_default();
    let width =
        headings.iter().position(|c| c.text.starts_with(ERROR_HEADING)).unwrap_or(headings.len());
    let first = (table.first_row as usize).saturating_sub(1);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let name: String = table.sheet.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    sheet.set_name(if name.trim().is_empty() { "Dữ liệu".to_owned() } else { name })?;
    let (heading, body, wrong) =
        (heading_format(false), body_format().set_num_format("@"), wrong_format());
    let mut notes = 0;
    for (n, row) in table.rows.iter().enumerate() {
        for column in 0..width {
            let (r, c) = place(first + n, column)?;
            let message = by_cell.get(&(n, column));
            let format = match (message, n) {
                (Some(_), _) => &wrong,
                (None, n) if n == header => &heading,
                _ => &body,
            };
            write_cell(sheet, (r, c), row.get(column), message.is_some(), format)?;
            if let Some(messages) = message.filter(|_| notes < MAX_NOTES) {
                let text: String = messages.join("\n").chars().take(1_000).collect();
                sheet.insert_note(r, c, &Note::new(text).add_author_prefix(false))?;
                notes += 1;
            }
        }
        let (r, c) = place(first + n, width)?;
        let messages = by_row.get(&n).map(|m| m.join("\n")).unwrap_or_default();
        if n == header {
            let text = format!("{ERROR_HEADING}\n{messages}");
            sheet.write_string_with_format(r, c, fitting(text.trim()), &heading_format(true))?;
        } else if !messages.is_empty() {
            sheet.write_string_with_format(r, c, fitting(&messages), &wrong)?;
        }
    }
    for column in 0..=width {
        let (_, c) = place(0, column)?;
        sheet.set_column_width(c, if column == width { 60.0 } else { 24.0 })?;
    }
    let (below, _) = place(first + header + 1, 0)?;
    sheet.set_freeze_panes(below, 0)?;
    Ok(workbook.save_to_buffer()?)
}

/// A cell as it came: numbers as numbers, all else as text; of a merged region the first cell only.
fn write_cell(
    sheet: &mut Worksheet,
    (r, c): (u32, u16),
    cell: Option<&Cell>,
    is_wrong: bool,
    format: &Format,
) -> Result<(), PaperError> {
    let (text, kind) = cell.map_or(("", CellKind::Text), |it| (it.text.as_str(), it.kind));
    match text.parse::<f64>() {
        Ok(number) if kind == CellKind::Number && number.is_finite() => {
            sheet.write_number_with_format(
                r,
                c,
                number,
                &format.clone().set_num_format("General"),
            )?;
        }
        _ if !text.is_empty() || is_wrong => {
            sheet.write_string_with_format(r, c, fitting(text), format)?;
        }
        _ => {}
    }
    Ok(())
}

fn wrong_format() -> Format {
    body_format()
        .set_background_color(Color::RGB(0xFD_E2_E1))
        .set_font_color(Color::RGB(0x9C_1C_1C))
        .set_num_format("@")
}
