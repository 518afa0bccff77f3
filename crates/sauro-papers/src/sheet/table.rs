//! A table of text and the guard that keeps it within bounds while it is built.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::error::{PaperError, TooBig};
use crate::limits::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES};

/// One cell: what a reader sees, NFC; dates as `dd/MM/yyyy`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text; empty for an empty cell.
    pub text: String,
    /// What the spreadsheet held, where the text alone does not tell.
    pub kind: CellKind,
}

/// What a cell of a spreadsheet held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellKind {
    /// Text as typed, or nothing.
    #[default]
    Text,
    /// A number; the text is that number with a point before its decimals.
    Number,
    /// A day.
    Date,
    /// A formula that was saved without its result; the text is empty.
    Unresolved,
    /// An error of the spreadsheet, such as `#DIV/0!`.
    Error,
    /// Part of a merged region other than its first cell, whose text it repeats.
    Merged,
}

/// Rows of cells, all of the same width, starting at column A.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows from the first to the last that has content; empty rows between are kept.
    pub rows: Vec<Vec<Cell>>,
    /// Name of the sheet, or of the file's kind.
    pub sheet: String,
    /// Number of the first row as the spreadsheet shows it, from 1.
    pub first_row: u32,
    /// Rows, counted from 0 within `rows`, that the spreadsheet hides.
    pub hidden_rows: Vec<usize>,
}

impl Table {
    /// The text at a row and column counted from 0 within `rows`; empty when there is none.
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|r| r.get(column)).map_or("", |c| c.text.as_str())
    }

    /// The address a person sees for such a row and column, for example `C12`.
    pub fn address(&self, row: usize, column: usize) -> String {
        format!("{}{}", column_name(column), self.first_row as usize + row)
    }
}

/// The letters a spreadsheet shows above a column counted from 0.
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Collects cells in any order within the limits.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    sheet: String,
    rows: Vec<Vec<Cell>>,
    hidden: Vec<usize>,
    bytes: usize,
    filled: usize,
    merged: usize,
}

impl TableBuilder {
    pub(crate) fn new(sheet: String) -> Self {
        Self { sheet, ..Self::default() }
    }

    /// Sets one cell of text; row and column from 0. Nothing happens for a blank text.
    pub(crate) fn put(
        &mut self,
        row: usize,
        column: usize,
        text: String,
    ) -> Result<(), PaperError> {
        self.put_kind(row, column, text, CellKind::Text)
    }

    /// Sets one cell of any kind.
    pub(crate) fn put_kind(
        &mut self,
        row: usize,
        column: usize,
        text: String,
        kind: CellKind,
    ) -> Result<(), PaperError> {
        if text.trim().is_empty() && kind != CellKind::Unresolved {
            return Ok(());
        }
        if row >= MAX_ROWS {
            return Err(PaperError::too_big(TooBig::Rows, MAX_ROWS as u64));
        }
        if column >= MAX_COLUMNS {
            return Err(PaperError::too_big(TooBig::Columns, MAX_COLUMNS as u64));
        }
        self.bytes += text.len();
        if self.bytes > MAX_TABLE_BYTES {
            return Err(PaperError::too_big(TooBig::TableText, MAX_TABLE_BYTES as u64));
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        if let Some(line) = self.rows.get_mut(row) {
            if line.len() <= column {
                self.filled += column + 1 - line.len();
                if self.filled > MAX_CELLS {
                    return Err(PaperError::too_big(TooBig::Cells, MAX_CELLS as u64));
                }
                line.resize_with(column + 1, Cell::default);
            }
            if let Some(cell) = line.get_mut(column) {
                *cell = Cell { text: clean(&text), kind };
            }
        }
        Ok(())
    }

    /// Fills the empty cells of a merged region (both corners included) from its first cell.
    pub(crate) fn merge(
        &mut self,
        from: (usize, usize),
        to: (usize, usize),
    ) -> Result<(), PaperError> {
        let Some(text) = self.rows.get(from.0).and_then(|r| r.get(from.1)).map(|c| c.text.clone())
        else {
            return Ok(());
        };
        if text.is_empty() {
            return Ok(());
        }
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let last_row = to.0.min(self.rows.len().saturating_sub(1));
        let last_column = to.1.min(width.saturating_sub(1));
        self.merged +=
            (last_row + 1).saturating_sub(from.0) * (last_column + 1).saturating_sub(from.1);
        if self.merged > MAX_CELLS {
            return Err(PaperError::too_big(TooBig::Cells, MAX_CELLS as u64));
        }
        for row in from.0..=last_row {
            for column in from.1..=last_column {
                let is_empty = self
                    .rows
                    .get(row)
                    .and_then(|r| r.get(column))
                    .is_none_or(|c| c.text.is_empty());
                if is_empty {
                    self.put_kind(row, column, text.clone(), CellKind::Merged)?;
                }
            }
        }
        Ok(())
    }

    /// Notes that the spreadsheet hides `row`.
    pub(crate) fn hide(&mut self, row: usize) {
        if self.hidden.len() < MAX_ROWS {
            self.hidden.push(row);
        }
    }

    /// The table: empty rows at both ends dropped, all rows as wide as the widest.
    pub(crate) fn build(mut self) -> Result<Table, PaperError> {
        let is_blank = |row: &Vec<Cell>| {
            row.iter().all(|c| c.text.is_empty() && c.kind != CellKind::Unresolved)
        };
        while self.rows.last().is_some_and(is_blank) {
            self.rows.pop();
        }
        let skipped = self.rows.iter().take_while(|row| is_blank(row)).count();
        let mut rows: Vec<Vec<Cell>> = self.rows.into_iter().skip(skipped).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.len().saturating_mul(width) > 2 * MAX_CELLS {
            return Err(PaperError::too_big(TooBig::Cells, MAX_CELLS as u64));
        }
        for row in &mut rows {
            row.resize_with(width, Cell::default);
        }
        let first_row = u32::try_from(skipped + 1).unwrap_or(1);
        let shown = skipped..skipped + rows.len();
        let hidden = self.hidden.into_iter().filter(|row| shown.contains(row));
        let hidden_rows = hidden.map(|row| row - skipped).collect();
        Ok(Table { rows, sheet: self.sheet, first_row, hidden_rows })
    }
}

/// NFC, one kind of line break, no control characters, no space at the ends.
fn clean(text: &str) -> String {
    let is_plain = !text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{a0}')
        && !text.contains("_x000D_")
        && is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_plain {
        return text.trim().to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace("_x000D_", "");
    let spaced = text.nfc().map(|c| if c == '\u{a0}' { ' ' } else { c });
    let kept: String = spaced.filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect();
    kept.trim().to_owned()
}
