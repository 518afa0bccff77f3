//! Reads the zip, on threads of their own.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use bytes::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use zip::ZipArchive;

use super::{BackupError, FORMAT, MANIFEST, Manifest, TableNote, table_part};
use crate::FileHash;

/// Bytes of a file handed over at once.
const PIECE: usize = 256 * 1024;

/// Some rows.
pub(super) type Rows = Vec<Vec<Value>>;

/// A file and its pieces.
pub(super) type Upload = (FileHash, mpsc::Receiver<Result<Bytes, std::io::Error>>);

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, BackupError> {
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    ZipArchive::new(file).map_err(|err| BackupError::Broken(err.to_string()))
}

/// What the backup says it holds.
pub(super) async fn manifest(path: &Path) -> Result<Manifest, BackupError> {
    let path = path.to_owned();
    let read = move || {
        let mut zip = open(&path)?;
        let part = zip
            .by_name(MANIFEST)
            .map_err(|_| BackupError::Broken("không có bản kê (manifest.json)".into()))?;
        let manifest: Manifest = serde_json::from_reader(part)?;
        if manifest.format == FORMAT {
            Ok(manifest)
        } else {
            Err(BackupError::Broken(format!("dạng {} không biết đọc", manifest.format)))
        }
    };
    spawn_blocking(read).await.map_err(|_| BackupError::Closing)?
}

/// The rows of `table`, at most `at_once` at a time. The last answer is an error unless the table
/// is what the manifest says.
pub(super) fn rows(
    path: &Path,
    table: &TableNote,
    at_once: usize,
) -> mpsc::Receiver<Result<Rows, BackupError>> {
    let (tell, rows) = mpsc::channel(4);
    let (path, table) = (path.to_owned(), table.clone());
    spawn_blocking(move || {
        if let Err(err) = read_rows(&path, &table, at_once, &tell) {
            // Nobody listens any more when the restore has failed.
            drop(tell.blocking_send(Err(err)));
        }
    });
    rows
}

fn read_rows(
    path: &Path,
    table: &TableNote,
    at_once: usize,
    tell: &mpsc::Sender<Result<Rows, BackupError>>,
) -> Result<(), BackupError> {
    let broken = || BackupError::Broken(format!("bảng {} không khớp bản kê", table.name));
    let mut zip = open(path)?;
    let mut part = BufReader::new(zip.by_name(&table_part(&table.name)).map_err(|_| broken())?);
    let (mut hasher, mut n_rows, mut rows, mut line) = (Sha256::new(), 0, Vec::new(), Vec::new());
    loop {
        line.clear();
        if part.read_until(b'\n', &mut line).map_err(|_| broken())? == 0 {
            break;
        }
        hasher.update(&line);
        n_rows += 1;
        let row: Vec<Value> = serde_json::from_slice(&line).map_err(|_| broken())?;
        if row.len() != table.columns.len() {
            return Err(broken());
        }
        rows.push(row);
        if rows.len() >= at_once && tell.blocking_send(Ok(std::mem::take(&mut rows))).is_err() {
            return Ok(());
        }
    }
    if hex::encode(hasher.finalize()) != table.sha256 || n_rows != table.n_rows {
        return Err(broken());
    }
    // As above.
    drop(tell.blocking_send(Ok(rows)));
    Ok(())
}

/// All files, one after the other.
pub(super) fn files(path: &Path) -> mpsc::Receiver<Result<Upload, BackupError>> {
    let (tell, uploads) = mpsc::channel(1);
    let path = path.to_owned();
    spawn_blocking(move || {
        if let Err(err) = read_files(&path, &tell) {
            drop(tell.blocking_send(Err(err)));
        }
    });
    uploads
}

fn read_files(
    path: &Path,
    tell: &mpsc::Sender<Result<Upload, BackupError>>,
) -> Result<(), BackupError> {
    let mut zip = open(path)?;
    for n in 0..zip.len() {
        let mut part = zip.by_index(n)?;
        let name = part.name()?.into_owned();
        let Some(name) = name.strip_prefix("files/") else { continue };
        let hash = name
            .parse()
            .map_err(|_| BackupError::Broken(format!("tệp {name} không mang tên là mã băm")))?;
        let (pieces, incoming) = mpsc::channel(4);
        if tell.blocking_send(Ok((hash, incoming))).is_err() {
            return Ok(());
        }
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = part.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            let has_failed = read.is_err();
            if !has_failed && piece.is_empty() {
                break;
            }
            let answer = read.map(|_| Bytes::from(piece));
            if pieces.blocking_send(answer).is_err() || has_failed {
                break;
            }
        }
    }
    Ok(())
}
