use std::path::Path;

use futures_util::stream;

use super::catalog::{Column, Table};
use super::insert::Target;
use super::{BackupError, Manifest, TableNote, unpack};
use crate::Files;

/// Most rows in one INSERT.
const ROWS: usize = 500;

/// Most cells in one INSERT: both engines number at least 32,766.
const CELLS: usize = 30_000;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup held.
    pub manifest: Manifest,
    /// How many rows were written.
    pub n_rows: u64,
}

/// Restores the backup `from` into the empty database at `url` and into `files`, whichever engine
/// it came from. Files first, then all rows in one transaction: a restore that fails leaves the
/// database empty. Verify the journal afterwards.
///
/// # Errors
///
/// [`BackupError::NotEmpty`] and [`BackupError::NewerTarget`] before anything is touched;
/// [`BackupError::Broken`] when the backup is not what its manifest says.
pub async fn restore(from: &Path, url: &str, files: &Files) -> Result<Restored, BackupError> {
    let manifest = unpack::manifest(from).await?;
    let mut target = Target::open(url).await?;
    check_target(&mut target, &manifest).await?;
    target.migrate_to(manifest.migration).await?;
    let there = target.tables().await?;
    restore_files(from, files, &manifest).await?;
    target.begin().await?;
    let mut n_rows = 0;
    for table in &manifest.tables {
        n_rows += restore_table(from, &mut target, table, &there).await?;
    }
    target.finish().await?;
    target.migrate().await?;
    target.close().await?;
    Ok(Restored { manifest, n_rows })
}

async fn check_target(target: &mut Target, manifest: &Manifest) -> Result<(), BackupError> {
    let (backup, known) = (manifest.migration, target.known_migration());
    if backup > known {
        return Err(BackupError::NewerBackup { backup, known });
    }
    if let Some(table) = target.used_table().await? {
        return Err(BackupError::NotEmpty { table });
    }
    match target.migration().await? {
        Some(there) if there > backup => Err(BackupError::NewerTarget { there, backup }),
        _ => Ok(()),
    }
}

async fn restore_files(from: &Path, files: &Files, manifest: &Manifest) -> Result<(), BackupError> {
    let mut uploads = unpack::files(from);
    let mut n_files = 0;
    while let Some(upload) = uploads.recv().await {
        let (hash, mut pieces) = upload?;
        let pieces = stream::poll_fn(move |cx| pieces.poll_recv(cx));
        let stored = files.put_stream(pieces, u64::MAX).await?;
        if stored.hash != hash {
            return Err(BackupError::Broken(format!("nội dung tệp {hash} không khớp tên")));
        }
        n_files += 1;
    }
    if n_files == manifest.n_files {
        Ok(())
    } else {
        let told = format!("có {n_files} tệp, bản kê ghi {}", manifest.n_files);
        Err(BackupError::Broken(told))
    }
}

async fn restore_table(
    from: &Path,
    target: &mut Target,
    table: &TableNote,
    there: &[Table],
) -> Result<u64, BackupError> {
    let columns = columns_for(table, there)?;
    let at_once = ROWS.min(CELLS / columns.len().max(1)).max(1);
    let mut rows = unpack::rows(from, table, at_once);
    let mut n_rows = 0;
    while let Some(some) = rows.recv().await {
        let some = some?;
        n_rows += some.len() as u64;
        target.insert(&table.name, &columns, &some).await?;
    }
    Ok(n_rows)
}

/// The target's columns, in the order of the backup's cells.
fn columns_for(table: &TableNote, there: &[Table]) -> Result<Vec<Column>, BackupError> {
    let strange = |column: &str| {
        BackupError::Broken(format!("bảng {}, cột {column} không có ở đích", table.name))
    };
    let target = there.iter().find(|it| it.name == table.name).ok_or_else(|| strange("*"))?;
    let find = |column: &Column| {
        let twin = target.columns.iter().find(|it| it.name == column.name);
        let twin = twin.filter(|it| it.kind.family() == column.kind.family());
        twin.cloned().ok_or_else(|| strange(&column.name))
    };
    table.columns.iter().map(find).collect()
}
