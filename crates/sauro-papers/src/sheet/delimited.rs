//! Comma-, semicolon- and tab-separated text, and cells pasted from a spreadsheet.

use std::io::Read as _;

use super::{Table, TableBuilder};
use crate::error::{PaperError, TooBig};
use crate::letters;
use crate::limits::{MAX_ROWS, MAX_TABLE_BYTES};

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
        .from_reader(text.as_bytes().chain(b"\n".as_slice()));
    let mut table = TableBuilder::new("CSV".to_owned());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(|e| PaperError::damaged("Bảng CSV", e))? {
            break;
        }
        // The reader passes over empty lines; a spreadsheet shows them as rows.
        let n_lines = reader.position().line().saturating_sub(before);
        let n_inner = record.iter().map(|it| it.matches('\n').count() as u64).sum::<u64>();
        let n_empty = n_lines.saturating_sub(n_inner + 1);
        row += usize::try_from(n_empty).unwrap_or(usize::MAX).min(MAX_ROWS);
        for (column, field) in record.iter().enumerate() {
            table.put(row, column, field.to_owned())?;
        }
        row += 1;
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
    // A title may stand above the headings.
    let n_lines = counts.iter().map(|it| it.1.len()).max().unwrap_or(0);
    let is_divided = |line: usize| counts.iter().any(|it| it.1.get(line).is_some_and(|n| *n > 0));
    let n_above = (0..n_lines).find(|line| is_divided(*line)).unwrap_or(0);
    let score = |lines: &[usize]| {
        let lines = lines.get(n_above..).unwrap_or_default();
        let first = lines.first().copied().unwrap_or(0);
        let even = lines.iter().filter(|n| **n == first).count();
        if first == 0 { (0, 0) } else { (even, first) }
    };
    let best = counts.iter().rev().max_by_key(|(_, lines)| score(lines));
    best.filter(|(_, lines)| score(lines).0 > 0).map_or(b',', |(sign, _)| *sign)
}
