//! Where words stand on the pages of a PDF, for whoever measures a paper.

use std::time::Instant;

use lopdf::{Document, LoadOptions, Object};

use super::content::Walk;
use super::{MAX_STREAM_BYTES, WHAT, refused};
use crate::error::{PaperError, TooBig};
use crate::guard::guarded;
use crate::limits::MAX_PAGES;

/// A page of a PDF; lengths in points.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfPage {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Its words, as they were drawn.
    pub pieces: Vec<PdfPiece>,
}

/// Letters drawn in one go. Lengths in points, from the left and from below.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfPiece {
    /// Where they begin.
    pub left: f32,
    /// Where they end.
    pub right: f32,
    /// Where their line stands.
    pub base: f32,
    /// Their size.
    pub size: f32,
    /// The name of their font.
    pub face: String,
    /// What they say.
    pub text: String,
}

/// The pages of the PDF `bytes` with their words.
///
/// # Errors
///
/// [`PaperError`] when it is no PDF, or more than may be read.
pub fn read_pieces(bytes: &[u8]) -> Result<Vec<PdfPage>, PaperError> {
    guarded(WHAT, || pages(bytes))
}

fn pages(bytes: &[u8]) -> Result<Vec<PdfPage>, PaperError> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM_BYTES);
    let document = Document::load_mem_with_options(bytes, options).map_err(|e| refused(&e))?;
    let ids: Vec<_> = document.page_iter().take(MAX_PAGES + 1).collect();
    if ids.len() > MAX_PAGES {
        return Err(PaperError::too_big(TooBig::Pages, MAX_PAGES as u64));
    }
    let mut walk = Walk::new(&document, Instant::now());
    let mut pages = Vec::with_capacity(ids.len());
    for id in ids {
        let (width, height) = size(&document, id);
        let (pieces, _) = walk.page(id)?;
        let piece = |it: super::content::Piece| PdfPiece {
            left: it.x0,
            right: it.x1,
            base: it.y,
            size: it.size,
            face: it.face.to_string(),
            text: it.text,
        };
        pages.push(PdfPage { width, height, pieces: pieces.into_iter().map(piece).collect() });
    }
    Ok(pages)
}

fn size(document: &Document, id: lopdf::ObjectId) -> (f32, f32) {
    let sides = document
        .get_dictionary(id)
        .and_then(|it| it.get_deref(b"MediaBox", document))
        .and_then(Object::as_array)
        .map(|it| it.iter().map(|it| it.as_float().unwrap_or_default()).collect::<Vec<_>>());
    match sides.as_deref() {
        Ok([left, bottom, right, top]) => (right - left, top - bottom),
        _ => (0.0, 0.0),
    }
}
