//! Lists as xlsx and csv, safe to open: no text becomes a formula.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{body_format, fitting, heading_format, looks_like_formula, place};
use crate::error::PaperError;

/// What a cell of an export holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Text as it is; never a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Any number; infinities and NaN are left empty.
    Number(f64),
    /// A civil date.
    Date {
        /// Year, 1900 to 9999.
        year: u16,
        /// Month, 1 to 12.
        month: u8,
        /// Day of the month, from 1.
        day: u8,
    },
}

impl From<&str> for CellValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetPart {
    /// Its name; what Excel does not take in a name is left out, and names alike are told apart.
    pub name: String,
    /// Headings of the columns.
    pub headings: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<CellValue>>,
}

/// Writes one sheet with a frozen, filtered heading row.
///
/// # Errors
///
/// [`PaperError`] when there are more rows or columns than Excel takes.
pub fn write_sheet(
    headings: &[&str],
    rows: impl Iterator<Item = Vec<CellValue>>,
) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Dữ liệu")?;
    fill(sheet, headings, rows)?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes a workbook of several sheets, each with a frozen, filtered heading row; without any, an empty
/// one.
///
/// # Errors
///
/// [`PaperError`] when there are more rows or columns than Excel takes.
pub fn write_book(sheets: &[SheetPart]) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    if sheets.is_empty() {
        workbook.add_worksheet().set_name("Trống")?;
    }
    let mut names: Vec<String> = Vec::new();
    for part in sheets {
        let name = sheet_name(&part.name, &names);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name.to_lowercase());
        let headings: Vec<&str> = part.headings.iter().map(String::as_str).collect();
        fill(sheet, &headings, part.rows.iter().cloned())?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Longest name of a sheet that Excel takes.
const MAX_NAME: usize = 31;

/// `name` as Excel takes it, unlike all of `taken`, which are lower case.
fn sheet_name(name: &str, taken: &[String]) -> String {
    let is_taken_by_excel = |c: char| c.is_control() || "[]:*?/\\'".contains(c);
    let cut = |text: &str, n: usize| {
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= n
        };
        text.chars().take_while(fits).collect::<String>().trim().to_owned()
    };
    let plain: String = name.chars().filter(|c| !is_taken_by_excel(*c)).collect();
    let plain = if plain.trim().is_empty() { "Trang".to_owned() } else { plain.trim().to_owned() };
    let mut n = 1;
    loop {
        let mark = if n == 1 { String::new() } else { format!(" ({n})") };
        let tried = format!("{}{mark}", cut(&plain, MAX_NAME - mark.chars().count()));
        if !taken.contains(&tried.to_lowercase()) {
            return tried;
        }
        n += 1;
    }
}

fn fill(
    sheet: &mut Worksheet,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<CellValue>>,
) -> Result<(), PaperError> {
    let heading = heading_format(false);
    let mut widths = Vec::new();
    for (column, text) in headings.iter().enumerate() {
        let (r, c) = place(0, column)?;
        sheet.write_string_with_format(r, c, fitting(text), &heading)?;
        widths.push(text.chars().count());
    }
    let styles = Styles::new();
    let mut last = 0;
    for (n, row) in rows.enumerate() {
        last = n + 1;
        for (column, value) in row.iter().enumerate() {
            write_value(sheet, (last, column), value, &styles)?;
            if let (Some(width), CellValue::Text(text)) = (widths.get_mut(column), value) {
                *width = (*width).max(text.chars().take(60).count());
            }
        }
    }
    for (column, width) in widths.iter().enumerate() {
        let (_, c) = place(0, column)?;
        sheet.set_column_width(c, (*width as f64 + 3.0).clamp(10.0, 60.0))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(last_column) = headings.len().checked_sub(1) {
        let (r, c) = place(last, last_column)?;
        sheet.autofilter(0, 0, r, c)?;
    }
    Ok(())
}

struct Styles {
    body: Format,
    quoted: Format,
    date: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            body: body_format(),
            quoted: body_format().set_quote_prefix(),
            date: body_format().set_num_format("dd/mm/yyyy"),
        }
    }
}

fn write_value(
    sheet: &mut Worksheet,
    at: (usize, usize),
    value: &CellValue,
    styles: &Styles,
) -> Result<(), PaperError> {
    let (r, c) = place(at.0, at.1)?;
    match value {
        CellValue::Text(text) if !text.is_empty() => {
            let format = if looks_like_formula(text) { &styles.quoted } else { &styles.body };
            sheet.write_string_with_format(r, c, fitting(text), format)?;
        }
        CellValue::Whole(n) => {
            sheet.write_number_with_format(r, c, *n as f64, &styles.body)?;
        }
        CellValue::Number(n) if n.is_finite() => {
            sheet.write_number_with_format(r, c, *n, &styles.body)?;
        }
        CellValue::Date { year, month, day } => {
            match ExcelDateTime::from_ymd(*year, *month, *day) {
                Ok(date) => {
                    sheet.write_datetime_with_format(r, c, date, &styles.date)?;
                }
                Err(_) => {
                    sheet.write_string_with_format(r, c, csv_text(value), &styles.body)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Writes comma-separated values that Excel opens in UTF-8; text that looks like a formula gets an
/// apostrophe before it.
///
/// # Errors
///
/// [`PaperError::NotWritten`] should the writer fail, which it does not in memory.
pub fn write_csv(
    headings: &[&str],
    rows: impl Iterator<Item = Vec<CellValue>>,
) -> Result<Vec<u8>, PaperError> {
    let failed = |e: &dyn std::fmt::Display| PaperError::NotWritten { detail: e.to_string() };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headings.iter().map(|h| safe(h))).map_err(|e| failed(&e))?;
    for row in rows {
        writer.write_record(row.iter().map(csv_text)).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e))
}

fn csv_text(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => safe(text),
        CellValue::Whole(n) => n.to_string(),
        CellValue::Number(n) if n.is_finite() => n.to_string(),
        CellValue::Date { year, month, day } => format!("{day:02}/{month:02}/{year:04}"),
        CellValue::Empty | CellValue::Number(_) => String::new(),
    }
}

fn safe(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}
