//! Official papers as Word documents, in the layout of the State or of the Party.
//!
//! The parts of the package are written here and not by a library: each element of the head and the
//! foot has its own size, case and spacing, all of which a test measures, and text from people has
//! to lose what XML cannot hold before it is written.

mod body;
mod foot;
mod head;
mod layout;
mod markup;
mod package;
mod paper;
mod table;
#[cfg(test)]
mod tests;
mod width;

pub use layout::Layout;
pub use package::write_docx;
pub use paper::{
    Align, Annex, Bar, Block, DataTable, OfficialPaper, PaperColumn, PaperDate, PaperHead,
    PaperRow, Signer, Signing,
};
