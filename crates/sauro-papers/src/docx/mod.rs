//! Word documents: paragraphs, tables and the numbers Word puts before them.

mod body;
mod grid;
mod numbering;
mod styles;
#[cfg(test)]
mod tests;

use crate::error::PaperError;
use crate::package::Package;
use crate::text::PlainText;

const WHAT: &str = "Văn bản Word";

/// Reads the main text of a .docx; headers, footers, notes, deleted and hidden text are left out.
pub(crate) fn read(bytes: &[u8]) -> Result<PlainText, PaperError> {
    let mut package = Package::open(bytes, WHAT)?;
    let numbering = match package.xml("word/numbering.xml")? {
        Some(xml) => numbering::Numbering::parse(&xml)?,
        None => numbering::Numbering::default(),
    };
    let styles = match package.xml("word/styles.xml")? {
        Some(xml) => styles::Styles::parse(&xml)?,
        None => styles::Styles::default(),
    };
    let document = package.xml("word/document.xml")?.ok_or(PaperError::Empty { what: WHAT })?;
    let mut body = body::Body::new(numbering, styles);
    body.parse(&document)?;
    Ok(body.finish())
}
