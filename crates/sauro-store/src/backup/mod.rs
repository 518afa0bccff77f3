//! A backup of a live installation: every row of one moment and every file that the rows name, in
//! one zip.
//!
//! Rows are written as text that belongs to neither engine, so that a backup of SQLite can be
//! restored into PostgreSQL and the other way round. What was acknowledged before the backup began
//! is in it, and no transaction is in it by half: all tables are read in one snapshot. Files are
//! only ever added, so they can be copied afterwards.
//!
//! In the zip: `tables/<name>.jsonl`, one row a line as an array of cells in the order of the
//! columns; `files/<hash>`; and `manifest.json` ([`Manifest`]) with the SHA-256 of each table.

mod catalog;
mod cell;
mod dump;
mod error;
mod insert;
mod pack;
mod restore;
mod unpack;

use serde::{Deserialize, Serialize};

pub use catalog::{Column, Kind};
pub use dump::{backup, backup_name};
pub use error::BackupError;
pub use restore::{Restored, restore};

use crate::FileHash;

/// Names the form of the zip. A program that does not know it refuses it.
const FORMAT: &str = "sauro-backup-1";
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the zip.
    pub format: String,
    /// When it was made, microseconds since 1970, UTC.
    pub made_at: i64,
    /// The version of the program that made it.
    pub program: String,
    /// The engine it was read from.
    pub engine: String,
    /// The last migration that had been applied.
    pub migration: i64,
    /// Its tables.
    pub tables: Vec<TableNote>,
    /// How many files it holds.
    pub n_files: u64,
    /// How many bytes they have.
    pub n_file_bytes: u64,
    /// Files that rows name and that were not there, or not whole, when the backup was made.
    pub missing_files: Vec<FileHash>,
}

/// One table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNote {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the cells.
    pub columns: Vec<Column>,
    /// How many rows.
    pub n_rows: u64,
    /// SHA-256 of its lines, hexadecimal.
    pub sha256: String,
}

/// The name of a table's part.
fn table_part(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

/// The name of a file's part.
fn file_part(hash: &FileHash) -> String {
    format!("files/{hash}")
}
