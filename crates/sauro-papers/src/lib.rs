//! Hostile uploads in, clean text and tables out; spreadsheets and official papers out.
//!
//! Pure functions over bytes. Nothing here panics, hangs or grows without bound on any input: the
//! limits stand in [`limits`], and every refusal is a [`PaperError`] with a Vietnamese sentence. The
//! functions compute and may take seconds on large files: a server calls them off its event loop.

mod adx;
mod board;
mod clean;
mod cover;
mod docx;
mod error;
mod guard;
mod kind;
mod letters;
pub mod limits;
mod name;
mod official;
mod package;
mod pdf;
mod picture;
mod rendition;
mod roman;
mod sheet;
mod text;
mod write;
mod xml;

pub use adx::read_adx;
pub use board::{Board, BoardBar, BoardPart, BoardPicture, BoardTile, BoxRow};
pub use clean::clean;
pub use cover::{Cover, CoverError, CoverKind, CoveredPicture, covered, covered_size};
pub use error::{PaperError, TooBig, Wanted};
pub use kind::{FileKind, KindError, sniff};
pub use name::clean_name;
pub use official::{
    Align, Annex, Bar, Block, Chart, CoursePoint, DataTable, Drawing, Drawn, Layout, NoPress,
    OfficialPaper, PaperColumn, PaperDate, PaperHead, PaperRow, Press, PressError, ShareBar,
    Signer, Signing, set, write_docx,
};
pub use pdf::{PdfPage, PdfPiece, read_pieces};
pub use picture::{NotAPicture, without_traces};
pub use rendition::{PictureFormat, Plate};
pub use sheet::{Cell, CellKind, Table, column_name, paste_table, read_table, read_tables};
pub use text::{PlainText, paste_text, read_text};
pub use write::{
    CellError, CellValue, Column, ERROR_HEADING, Form, FormCell, FormColumn, SheetPart,
    mark_errors, mark_table, mark_table_at, write_book, write_csv, write_form, write_sheet,
    write_template,
};
