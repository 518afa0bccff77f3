//! Comma-, semicolon- and tab-separated text, and cells pasted from a spreadsheet.

use super::{Table, TableBuilder};
use crate::error::{PaperError, TooBig};
use crate::letters;
use crate::limits::MAX_TABLE_BYTES;

/// Reads cells pasted from a spreadsheet (tab-separated) or a comma-separated text.
///
/// # Errors
///
/// [`PaperError`] when nothing is left, or it is over the limits.
pub fn paste_table(pasted: &str) -> Result<Table, PaperError> {
    let text = letters::repair(pasted)?.text;
    let table = match barred(&text) {
        Some(text) => read(&text)?,
        None => read(&text)?,
    };
    if table.rows.is_empty() {
        return Err(PaperError::Empty { what: "Ô dán bảng" });
    }
    Ok(table)
}

/// A table drawn with bars (`| a | b |`), as tab-separated text; `None` for any other text.
fn barred(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let is_barred = |line: &&str| line.matches('|').count() >= 2;
    if lines.is_empty() || text.contains('\t') || !lines.iter().all(is_barred) {
        return None;
    }
    // The line under the heading: `|---|:--:|`.
    let is_rule = |line: &&str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let cells = |line: &str| {
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let quoted = |it: &str| format!("\"{}\"", it.trim().replace('"', "\"\""));
        inner.split('|').map(quoted).collect::<Vec<_>>().join("\t")
    };
    let rows = lines.into_iter().filter(|line| !is_rule(line)).map(cells);
    Some(format!("sep=\t\n{}", rows.collect::<Vec<_>>().join("\n")))
}

/// Reads delimited text; the delimiter is told from the first lines.
pub(super) fn read(text: &str) -> Result<Table, PaperError> {
    if text.len() > MAX_TABLE_BYTES {
        return Err(PaperError::too_big(TooBig::TableText, MAX_TABLE_BYTES as u64));
    }
    let text = text.trim_start_matches('\u{feff}');
    // Excel writes this line so that other programs know the delimiter.
    let (declared, text) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((sign, rest)) => (sign.trim_end_matches('\r').bytes().next(), rest),
        None => (None, text),
    };
    let delimiter = declared.unwrap_or_else(|| sniffed(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut table = TableBuilder::new("CSV".to_owned());
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|e| PaperError::damaged("Bảng CSV", e))?;
        for (column, field) in record.iter().enumerate() {
            table.put(row, column, field.to_owned())?;
        }
    }
    table.build()
}

/// The sign that stands most evenly outside quotation marks in the first lines.
fn sniffed(text: &str) -> u8 {
    let head: String = text.chars().take(20_000).collect();
    let mut counts = [(b'\t', Vec::new()), (b';', Vec::new()), (b',', Vec::new())];
    let mut now = [0usize; 3];
    let mut quoted = false;
    for byte in head.bytes().chain([b'\n']) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                for ((_, lines), n) in counts.iter_mut().zip(&mut now) {
                    lines.push(std::mem::take(n));
                }
            }
            _ if !quoted => {
                for ((sign, _), n) in counts.iter().zip(&mut now) {
                    *n += usize::from(*sign == byte);
                }
            }
            _ => {}
        }
    }
    let score = |lines: &[usize]| {
        let first = lines.first().copied().unwrap_or(0);
        let even = lines.iter().filter(|n| **n == first).count();
        if first == 0 { (0, 0) } else { (even, first) }
    };
    let best = counts.iter().rev().max_by_key(|(_, lines)| score(lines));
    best.filter(|(_, lines)| score(lines).0 > 0).map_or(b',', |(sign, _)| *sign)
}
