//! PDF files with a text layer.
//!
//! The file's structure is read by lopdf; letters, their places and the paragraphs are worked out
//! here, because the line ends of a page are not those of a text.

mod cmap;
mod content;
mod font;
mod grid;
mod lines;
mod matrix;
mod paragraphs;
mod pieces;
mod running;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use lopdf::{Document, Error, LoadOptions};

use crate::error::{PaperError, TooBig};
use crate::guard::guarded;
use crate::limits::{MAX_PAGES, MAX_PDF_SECONDS, MAX_TABLES};
use crate::text::PlainText;

pub use pieces::{PdfPage, PdfPiece, read_pieces};

const WHAT: &str = "Tệp PDF";
/// Most bytes unpacked from one stream of the file's structure.
const MAX_STREAM_BYTES: usize = 16 * 1024 * 1024;
/// Most streams in one file.
const MAX_STREAMS: usize = 20_000;
/// Most PDF files read at a time, those included that went over their time and were given up.
const MAX_AT_ONCE: usize = 6;
/// Least letters that make a text layer.
const FEW_LETTERS: usize = 20;

static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// Reads the text of a PDF in a thread of its own, with a deep stack and a limit of time.
pub(crate) fn read(bytes: &[u8]) -> Result<PlainText, PaperError> {
    let late = || PaperError::too_big(TooBig::Seconds, MAX_PDF_SECONDS);
    let streams = bytes.windows(9).filter(|w| *w == b"endstream").take(MAX_STREAMS + 1).count();
    if streams > MAX_STREAMS {
        return Err(PaperError::too_big(TooBig::Entries, MAX_STREAMS as u64));
    }
    let started = Instant::now();
    while AT_WORK.fetch_add(1, Ordering::SeqCst) >= MAX_AT_ONCE {
        AT_WORK.fetch_sub(1, Ordering::SeqCst);
        if started.elapsed().as_secs() >= MAX_PDF_SECONDS {
            return Err(late());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let owned = bytes.to_vec();
    let (send, receive) = mpsc::channel();
    let spawned =
        std::thread::Builder::new().name("pdf".to_owned()).stack_size(32 << 20).spawn(move || {
            let result = guarded(WHAT, || text_of(&owned));
            AT_WORK.fetch_sub(1, Ordering::SeqCst);
            // Nobody listens any more when the time was up.
            let _ = send.send(result);
        });
    if spawned.is_err() {
        AT_WORK.fetch_sub(1, Ordering::SeqCst);
        return Err(late());
    }
    receive.recv_timeout(Duration::from_secs(MAX_PDF_SECONDS + 5)).unwrap_or_else(|_| Err(late()))
}

fn text_of(bytes: &[u8]) -> Result<PlainText, PaperError> {
    let started = Instant::now();
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM_BYTES);
    let document = Document::load_mem_with_options(bytes, options).map_err(|e| refused(&e))?;
    if document.is_encrypted() {
        return Err(PaperError::Locked { what: WHAT });
    }
    let ids: Vec<_> = document.page_iter().take(MAX_PAGES + 1).collect();
    if ids.len() > MAX_PAGES {
        return Err(PaperError::too_big(TooBig::Pages, MAX_PAGES as u64));
    }
    if ids.is_empty() {
        return Err(PaperError::damaged(WHAT, "no pages"));
    }
    let mut walk = content::Walk::new(&document, started);
    let mut pages = Vec::new();
    let mut silent = Vec::new();
    let mut tables = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        if started.elapsed().as_secs() >= MAX_PDF_SECONDS {
            return Err(PaperError::too_big(TooBig::Seconds, MAX_PDF_SECONDS));
        }
        let (mut pieces, rules) = walk.page(*id)?;
        let found = grid::tables(&mut pieces, &rules)?;
        let mut page = paragraphs::reading_order(&lines::lines(pieces));
        for (table, rows) in found {
            place(&mut page, rows);
            tables.push(table);
        }
        if page.is_empty() {
            silent.push((n + 1).to_string());
        }
        pages.push(page);
    }
    running::drop_running_lines(&mut pages);
    let text = running::without_ligatures(&paragraphs::paragraphs(&pages));
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let unknown =
        text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')).count();
    if letters < FEW_LETTERS || unknown * 5 > letters {
        return Err(PaperError::Scanned { pages: ids.len() });
    }
    tables.truncate(MAX_TABLES);
    for (table, n) in tables.iter_mut().zip(1..) {
        table.sheet = format!("Bảng {n}");
    }
    Ok(PlainText { text, tables, warnings: warnings(&silent, unknown) })
}

/// Puts the rows of a table between the lines above and below it.
fn place(page: &mut Vec<lines::Line>, rows: Vec<lines::Line>) {
    let top = rows.first().map_or(f32::MAX, |l| l.y);
    let at = page.iter().rposition(|l| l.y >= top).map_or(0, |n| n + 1);
    page.splice(at..at, rows);
}

fn warnings(silent: &[String], unknown: usize) -> Vec<String> {
    let mut out = Vec::new();
    if !silent.is_empty() {
        let shown: Vec<&str> = silent.iter().take(20).map(String::as_str).collect();
        out.push(format!(
            "Trang {} không có chữ (có thể là ảnh quét); hãy dán thêm phần chữ của các trang này.",
            shown.join(", ")
        ));
    }
    if unknown > 0 {
        out.push(format!("Có {unknown} ký tự trong PDF không chép ra được; hãy soát lại."));
    }
    out
}

fn refused(error: &Error) -> PaperError {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            PaperError::Locked { what: WHAT }
        }
        Error::Decompress(_) => PaperError::too_big(TooBig::Unpacked, MAX_STREAM_BYTES as u64),
        other => PaperError::damaged(WHAT, other),
    }
}
