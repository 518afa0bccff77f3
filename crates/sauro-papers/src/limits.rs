//! How much of an upload this crate is willing to take in.

/// Longest upload looked at, in bytes, compressed as it came.
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// Most bytes that one package (.docx, .xlsx, .ods …) may unpack to.
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;
/// Most entries in one package.
pub const MAX_ENTRIES: usize = 2_000;
/// Most bytes out of one byte in, looked at from [`RATIO_FLOOR_BYTES`] on.
pub const MAX_RATIO: u64 = 200;
/// Below this size a high ratio does no harm: empty styled sheets compress very well.
pub const RATIO_FLOOR_BYTES: u64 = 4 * 1024 * 1024;
/// Longest text handed on, in Unicode scalar values.
pub const MAX_TEXT_CHARS: usize = 2_000_000;
/// Most rows of one table, the heading included.
pub const MAX_ROWS: usize = 20_000;
/// Most columns of one table.
pub const MAX_COLUMNS: usize = 256;
/// Most cells of one table.
pub const MAX_CELLS: usize = 1_000_000;
/// Most bytes of text in one table, cells repeated by merging included.
pub const MAX_TABLE_BYTES: usize = 16 * 1024 * 1024;
/// Most sheets or tables read from one file.
pub const MAX_TABLES: usize = 200;
/// Most pages read from one PDF.
pub const MAX_PAGES: usize = 1_000;
/// Longest time given to one PDF, in seconds.
pub const MAX_PDF_SECONDS: u64 = 20;
/// Longest file name kept, in Unicode scalar values.
pub const MAX_NAME_CHARS: usize = 150;
