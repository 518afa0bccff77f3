//! OpenDocument spreadsheets, read here because repeated cells would make a library unpack a bomb.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xlsx::{iso_date, number};
use super::{CellKind, Table, TableBuilder};
use crate::error::PaperError;
use crate::limits::MAX_TABLES;
use crate::package::Package;
use crate::xml::{attribute, local, resolved};

const WHAT: &str = "Bảng tính OpenDocument";

#[derive(Debug, Default)]
struct OdsCell {
    value: Option<(String, CellKind)>,
    /// A formula without a result.
    is_unresolved: bool,
    shown: String,
    repeats: usize,
    span: (usize, usize),
}

/// The sheet being read.
#[derive(Default)]
struct Sheet {
    table: TableBuilder,
    merged: Vec<((usize, usize), (usize, usize))>,
    row: usize,
    row_repeats: usize,
    cells: Vec<(usize, String, CellKind)>,
    is_hidden: bool,
    column: usize,
    cell: Option<OdsCell>,
    is_text: bool,
}

/// Reads every sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Table>, PaperError> {
    let mut package = Package::open(bytes, WHAT)?;
    let xml = package.xml("content.xml")?.ok_or(PaperError::Empty { what: WHAT })?;
    let mut reader = Reader::from_str(&xml);
    let mut tables = Vec::new();
    let mut sheet: Option<Sheet> = None;
    loop {
        match reader.read_event().map_err(|e| PaperError::damaged(WHAT, e))? {
            Event::Start(e)
                if matches!(local(&e).as_str(), "annotation" | "tracked-changes" | "shapes") =>
            {
                reader.read_to_end(e.name()).map_err(|e| PaperError::damaged(WHAT, e))?;
            }
            Event::Start(e) if local(&e) == "table" => {
                let name = attribute(&e, "name").unwrap_or_default();
                sheet = Some(Sheet { table: TableBuilder::new(name), ..Sheet::default() });
            }
            Event::End(e) if e.local_name().as_ref() == "table" => {
                if let Some(done) = sheet.take().filter(|_| tables.len() < MAX_TABLES) {
                    tables.push(done.finish()?);
                }
            }
            Event::Eof => return Ok(tables),
            event => {
                if let Some(sheet) = &mut sheet {
                    sheet.take(event)?;
                }
            }
        }
    }
}

impl Sheet {
    fn take(&mut self, event: Event<'_>) -> Result<(), PaperError> {
        match event {
            Event::Start(e) => self.open(&e),
            Event::Empty(e) => {
                self.open(&e);
                self.close(local(&e).as_str())?;
            }
            Event::End(e) => self.close(e.local_name().as_ref())?,
            Event::Text(t) if self.is_text => self.show(&t.xml10_content()),
            Event::GeneralRef(r) if self.is_text => self.show(&resolved(&r)),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.shown.push_str(text);
        }
    }

    fn open(&mut self, e: &BytesStart<'_>) {
        let count = |name: &str| {
            attribute(e, name).and_then(|v| v.parse::<usize>().ok()).unwrap_or(1).max(1)
        };
        match local(e).as_str() {
            "table-row" => {
                self.row_repeats = count("number-rows-repeated");
                self.is_hidden =
                    matches!(attribute(e, "visibility").as_deref(), Some("collapse" | "filter"));
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(OdsCell {
                    value: typed_value(e),
                    is_unresolved: attribute(e, "formula").is_some()
                        && attribute(e, "value-type").is_none(),
                    shown: String::new(),
                    repeats: count("number-columns-repeated"),
                    span: (count("number-rows-spanned"), count("number-columns-spanned")),
                });
            }
            "p" => {
                self.is_text = true;
                if self.cell.as_ref().is_some_and(|c| !c.shown.is_empty()) {
                    self.show("\n");
                }
            }
            "s" => self.show(" "),
            "tab" => self.show(" "),
            "line-break" => self.show("\n"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), PaperError> {
        match name {
            "p" => self.is_text = false,
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), PaperError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (text, kind) = cell.value.unwrap_or((cell.shown, CellKind::Text));
        if text.trim().is_empty() {
            if cell.is_unresolved {
                self.table.put_kind(self.row, self.column, text, CellKind::Unresolved)?;
            }
            self.column = self.column.saturating_add(cell.repeats);
            return Ok(());
        }
        if cell.span != (1, 1) {
            let to = (
                self.row.saturating_add(cell.span.0 - 1),
                self.column.saturating_add(cell.span.1 - 1),
            );
            self.merged.push(((self.row, self.column), to));
        }
        for _ in 0..cell.repeats {
            // The table's own limits speak here, before anything large is kept.
            self.table.put_kind(self.row, self.column, text.clone(), kind)?;
            self.cells.push((self.column, text.clone(), kind));
            self.column = self.column.saturating_add(1);
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), PaperError> {
        if !self.cells.is_empty() {
            for repeat in 1..self.row_repeats {
                for (column, text, kind) in &self.cells {
                    let row = self.row.saturating_add(repeat);
                    self.table.put_kind(row, *column, text.clone(), *kind)?;
                }
            }
            if self.is_hidden {
                let rows = self.row..self.row.saturating_add(self.row_repeats.max(1));
                rows.for_each(|row| self.table.hide(row));
            }
        }
        self.cells.clear();
        self.column = 0;
        self.row = self.row.saturating_add(self.row_repeats.max(1));
        self.row_repeats = 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Table, PaperError> {
        for (from, to) in self.merged {
            self.table.merge(from, to)?;
        }
        self.table.build()
    }
}

/// The value of a cell whose shown form would lose something: dates and numbers.
fn typed_value(e: &BytesStart<'_>) -> Option<(String, CellKind)> {
    match attribute(e, "value-type").as_deref() {
        Some("date") => attribute(e, "date-value").map(|v| (iso_date(&v), CellKind::Date)),
        Some("float") => {
            let value = attribute(e, "value").and_then(|v| v.parse().ok());
            value.map(|v| (number(v), CellKind::Number))
        }
        _ => None,
    }
}
