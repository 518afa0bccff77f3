//! Papers printed, read back and measured.

mod boards;
mod charts;
mod hostile;
mod measures;
#[path = "../../../sauro-papers/src/official/tests/rules.rs"]
mod rules;

use papers::{Layout, OfficialPaper, PdfPage, PdfPiece, Press as _, read_pieces};
use rules::{sample, table};
use sauro_papers as papers;

use crate::Typesetter;

/// `paper` in `layout`, printed and taken apart into lines.
#[track_caller]
fn printed(paper: &OfficialPaper, layout: Layout) -> (Vec<u8>, Vec<PdfPage>) {
    let bytes = Typesetter::default().pdf(paper, layout).unwrap();
    let mut pages = read_pieces(&bytes).unwrap();
    for page in &mut pages {
        page.pieces = lines(std::mem::take(&mut page.pieces));
    }
    (bytes, pages)
}

/// Pieces drawn one after the other on one line are one.
fn lines(pieces: Vec<PdfPiece>) -> Vec<PdfPiece> {
    let mut lines: Vec<PdfPiece> = Vec::new();
    for it in pieces {
        match lines.last_mut() {
            Some(last)
                if (last.base - it.base).abs() < 0.1
                    // Letters reach into one another, and justified words stand apart.
                    && (-3.0..4.0).contains(&(it.left - last.right))
                    && last.face == it.face =>
            {
                last.text.push_str(&it.text);
                last.right = it.right;
            }
            _ => lines.push(it),
        }
    }
    lines
}

/// The only line of `pages` that says `text`, with the number of its page from 0.
#[track_caller]
fn only<'a>(pages: &'a [PdfPage], text: &str) -> (usize, &'a PdfPiece) {
    let all =
        pages.iter().enumerate().flat_map(|(n, page)| page.pieces.iter().map(move |it| (n, it)));
    let found: Vec<_> = all.filter(|(_, it)| it.text.trim() == text).collect();
    assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    found[0]
}

/// All that `pages` say.
fn words(pages: &[PdfPage]) -> String {
    let lines: Vec<&str> =
        pages.iter().flat_map(|it| &it.pieces).map(|it| it.text.as_str()).collect();
    lines.join(" ")
}
