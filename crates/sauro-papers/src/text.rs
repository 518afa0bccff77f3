//! From a pasted text or a file to clean running text, one paragraph a line.

use crate::docx;
use crate::error::{PaperError, TooBig, Wanted, check_file_size};
use crate::kind::{FileKind, sniff};
use crate::letters::{self, Letters};
use crate::limits::MAX_TEXT_CHARS;
use crate::pdf;
use crate::sheet::{self, Table};

/// Running text ready for the directive reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainText {
    /// NFC, lines parted by `\n`, one paragraph (or table row, cells parted by a tab) a line.
    pub text: String,
    /// The tables found, in their order; their rows stand in `text` as well.
    pub tables: Vec<Table>,
    /// Vietnamese sentences about what was done or could not be done.
    pub warnings: Vec<String>,
}

/// Reads the text of a file: txt, csv, docx, pdf with a text layer, xlsx, ods.
///
/// # Errors
///
/// [`PaperError`] whose [`PaperError::sentence`] says what is wrong and how to mend it.
pub fn read_text(bytes: &[u8], name: &str) -> Result<PlainText, PaperError> {
    check_file_size(bytes)?;
    let kind = sniff(bytes, name)?;
    let mut paper = match kind {
        FileKind::TXT => plain(letters::decode(bytes)?),
        FileKind::DOCX => docx::read(bytes)?,
        FileKind::PDF => pdf::read(bytes)?,
        FileKind::CSV | FileKind::XLSX | FileKind::ODS | FileKind::XLS => {
            from_tables(sheet::read_tables(bytes, name)?)
        }
        other => {
            return Err(PaperError::NotReadable {
                what: other.label.to_owned(),
                wanted: Wanted::Text,
            });
        }
    };
    finish(&mut paper, kind.label)?;
    Ok(paper)
}

/// Cleans a pasted text; text in the letters of TCVN3 or VNI fonts is recognised and converted.
///
/// # Errors
///
/// [`PaperError`] when nothing is left, or it is longer than [`MAX_TEXT_CHARS`].
pub fn paste_text(pasted: &str) -> Result<PlainText, PaperError> {
    let mut paper = plain(letters::repair(pasted)?);
    finish(&mut paper, "Ô văn bản")?;
    Ok(paper)
}

fn plain(letters: Letters) -> PlainText {
    PlainText {
        text: letters.text,
        tables: Vec::new(),
        warnings: letters.warning.into_iter().collect(),
    }
}

fn from_tables(tables: Vec<Table>) -> PlainText {
    let text =
        tables.iter().flat_map(|t| &t.rows).map(|row| row_line(row)).collect::<Vec<_>>().join("\n");
    PlainText { text, tables, warnings: Vec::new() }
}

/// A table row as one line: cells parted by a tab, line breaks inside a cell as spaces.
pub(crate) fn row_line(row: &[sheet::Cell]) -> String {
    let cells: Vec<String> =
        row.iter().map(|c| c.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    cells.join("\t").trim_end().to_owned()
}

/// What is common to all sources: letters, white space, length.
fn finish(paper: &mut PlainText, what: &'static str) -> Result<(), PaperError> {
    let repaired = letters::repair(&paper.text)?;
    paper.warnings.extend(repaired.warning);
    paper.text = tidy(&repaired.text);
    if paper.text.is_empty() {
        return Err(PaperError::Empty { what });
    }
    if paper.text.chars().count() > MAX_TEXT_CHARS {
        return Err(PaperError::too_big(TooBig::Text, MAX_TEXT_CHARS as u64));
    }
    Ok(())
}

/// One kind of line break and of space, nothing invisible, no spaces at the end of a line and at
/// most one empty line in a row.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line: String = line.chars().filter_map(visible).collect();
        let line = line.trim_end();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty > 1 || (empty == 1 && out.is_empty()) {
            continue;
        }
        out.push_str(if empty == 0 { line } else { "" });
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// A character as it is kept: spaces of any width become one kind, the invisible is dropped.
fn visible(c: char) -> Option<char> {
    match c {
        '\t' => Some('\t'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        // Bullets of the fonts Symbol and Wingdings.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f02d}' => Some('-'),
        c if c.is_control() => None,
        c => Some(c),
    }
}
