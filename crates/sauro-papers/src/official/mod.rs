//! Official papers set in the layout of the State or of the Party, and written as Word documents.
//!
//! The parts of the package are written here and not by a library: each element of the head and the
//! foot has its own size, case and spacing, all of which a test measures, and text from people has
//! to lose what XML cannot hold before it is written.

mod body;
mod chart;
mod foot;
mod head;
mod layout;
mod markup;
mod package;
mod paper;
mod picture;
mod press;
pub mod set;
mod table;
#[cfg(test)]
mod tests;
mod width;

pub use chart::Drawing;
pub use layout::Layout;
pub use package::write_docx;
pub use paper::{
    Align, Annex, Bar, Block, Chart, CoursePoint, DataTable, Drawn, OfficialPaper, PaperColumn,
    PaperDate, PaperHead, PaperRow, ShareBar, Signer, Signing,
};
pub use press::{NoPress, Press, PressError};
