//! Excel workbooks, cell by cell, so that a lone cell at the far corner costs nothing.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};

use super::xlsx_marks::{self, Marks};
use super::{CellKind, Table, TableBuilder};
use crate::error::PaperError;
use crate::guard::guarded;
use crate::limits::MAX_TABLES;
use crate::package::Package;

const WHAT: &str = "Bảng tính Excel";

/// Reads every visible sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Table>, PaperError> {
    let mut package = Package::open(bytes, WHAT)?;
    let marks = xlsx_marks::read(&mut package, WHAT)?;
    guarded(WHAT, || sheets(bytes, &marks))
}

fn sheets(bytes: &[u8], marks: &[(String, Marks)]) -> Result<Vec<Table>, PaperError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|e| PaperError::damaged(WHAT, e))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .take(MAX_TABLES)
        .collect();
    let none = Marks::default();
    names
        .into_iter()
        .map(|name| {
            let mine = marks.iter().find(|it| it.0 == name).map_or(&none, |it| &it.1);
            sheet(&mut workbook, name, mine)
        })
        .collect()
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    marks: &Marks,
) -> Result<Table, PaperError> {
    let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let mut table = TableBuilder::new(name.clone());
    let mut cells =
        workbook.worksheet_cells_reader(&name).map_err(|e| PaperError::damaged(WHAT, e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| PaperError::damaged(WHAT, e))? {
        let (row, column) = cell.get_position();
        if let Some((text, kind)) = text_of(cell.get_value(), marks.is_percent(row, column)) {
            table.put_kind(row as usize, column as usize, text, kind)?;
        }
    }
    for (row, column) in &marks.unresolved {
        table.put_kind(*row as usize, *column as usize, String::new(), CellKind::Unresolved)?;
    }
    marks.hidden.iter().for_each(|row| table.hide(*row as usize));
    for region in merged {
        table.merge(
            (region.start.0 as usize, region.start.1 as usize),
            (region.end.0 as usize, region.end.1 as usize),
        )?;
    }
    table.build()
}

/// The text of a cell, and what it was.
fn text_of(value: &DataRef<'_>, is_percent: bool) -> Option<(String, CellKind)> {
    let text = |text: String| Some((text, CellKind::Text));
    match value {
        DataRef::Int(n) if is_percent => text(percent(*n as f64)),
        DataRef::Float(n) if is_percent => text(percent(*n)),
        DataRef::Int(n) => Some((n.to_string(), CellKind::Number)),
        DataRef::Float(n) => Some((number(*n), CellKind::Number)),
        DataRef::String(it) => text(it.clone()),
        DataRef::SharedString(it) => text((*it).to_owned()),
        DataRef::Bool(yes) => text(if *yes { "Có" } else { "Không" }.to_owned()),
        DataRef::DateTime(moment) => Some((moment_text(moment), CellKind::Date)),
        DataRef::DateTimeIso(iso) => Some((iso_date(iso), CellKind::Date)),
        DataRef::DurationIso(it) => text(it.clone()),
        DataRef::Error(error) => Some((error.to_string(), CellKind::Error)),
        DataRef::Empty => None,
    }
}

/// A share as a person in Viet Nam sees it in its cell: `39,52%`.
fn percent(share: f64) -> String {
    match number(share * 100.0) {
        text if text.is_empty() => text,
        text => format!("{}%", text.replace('.', ",")),
    }
}

/// A number as Excel shows it by itself: at most 15 digits, no zeros at the end.
pub(super) fn number(n: f64) -> String {
    if !n.is_finite() {
        return String::new();
    }
    if n == n.trunc() && n.abs() < 1e15 {
        return format!("{n:.0}");
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    rounded.to_string()
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if moment.is_duration() || (0.0..1.0).contains(&moment.as_f64()) {
        return format!("{hour:02}:{minute:02}");
    }
    if hour == 0 && minute == 0 {
        return format!("{day:02}/{month:02}/{year:04}");
    }
    format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}")
}

/// `2026-03-31T00:00:00` as `31/03/2026`; anything else as it is.
pub(super) fn iso_date(iso: &str) -> String {
    let date = iso.split(['T', ' ']).next().unwrap_or("");
    let parts: Vec<&str> = date.split('-').collect();
    match parts.as_slice() {
        [year, month, day]
            if year.len() == 4 && date.chars().all(|c| c.is_ascii_digit() || c == '-') =>
        {
            format!("{day}/{month}/{year}")
        }
        _ => iso.to_owned(),
    }
}
