//! A table of a Word document while it is read.

use crate::error::PaperError;
use crate::limits::MAX_COLUMNS;
use crate::sheet::{Table, TableBuilder};

#[derive(Debug, Default, Clone)]
struct GridCell {
    lines: Vec<String>,
    span: usize,
    continues: bool,
}

/// Rows and cells as they come.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<GridCell>>,
    row: Vec<GridCell>,
    cell: Option<GridCell>,
}

impl Grid {
    pub(super) fn start_row(&mut self) {
        self.row = Vec::new();
    }

    pub(super) fn start_cell(&mut self) {
        self.cell = Some(GridCell { span: 1, ..GridCell::default() });
    }

    pub(super) fn span(&mut self, span: usize) {
        if let Some(cell) = &mut self.cell {
            cell.span = span.clamp(1, MAX_COLUMNS);
        }
    }

    pub(super) fn continues(&mut self, continues: bool) {
        if let Some(cell) = &mut self.cell {
            cell.continues = continues;
        }
    }

    pub(super) fn line(&mut self, line: String) {
        if let Some(cell) = &mut self.cell
            && !line.is_empty()
        {
            cell.lines.push(line);
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.row.extend(self.cell.take());
    }

    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if !row.is_empty() {
            self.rows.push(row);
        }
    }

    /// A table of data, not a frame that only puts things side by side (the head of a document, the
    /// place of the signature).
    pub(super) fn is_data(&self) -> bool {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        self.rows.len() >= 2 && (columns >= 3 || (columns == 2 && self.rows.len() >= 5))
    }

    /// The lines of text: a row of data is one line, a frame gives its cells one after the other.
    pub(super) fn lines(&self) -> Vec<String> {
        let is_data = self.is_data();
        let mut out = Vec::new();
        for row in &self.rows {
            if is_data {
                let cells: Vec<String> =
                    row.iter().map(|c| c.lines.join(" ").replace(['\n', '\t'], " ")).collect();
                out.push(cells.join("\t").trim_end().to_owned());
            } else {
                out.extend(row.iter().flat_map(|c| c.lines.iter().cloned()));
            }
        }
        out
    }

    /// The table with merged cells filled from their first cell.
    pub(super) fn table(&self, name: String) -> Result<Table, PaperError> {
        let mut table = TableBuilder::new(name);
        let mut above: Vec<String> = Vec::new();
        for (r, row) in self.rows.iter().enumerate() {
            let mut line: Vec<String> = Vec::new();
            for cell in row {
                let own = cell.lines.join("\n");
                let text = if cell.continues && own.is_empty() {
                    above.get(line.len()).cloned().unwrap_or_default()
                } else {
                    own
                };
                line.extend(std::iter::repeat_n(text, cell.span));
                line.truncate(MAX_COLUMNS + 1);
            }
            for (c, text) in line.iter().enumerate() {
                table.put(r, c, text.clone())?;
            }
            above = line;
        }
        table.build()
    }
}
