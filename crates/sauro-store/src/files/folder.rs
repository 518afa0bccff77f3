//! A local folder of files, each durable before it is named.
//!
//! A file is written under a temporary name, synced, renamed to its hash, and then the folder that
//! holds the name is synced. All this is blocking work; many callers do it side by side, and the
//! file system groups their syncs into few waits for the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{FileHash, FilesError, Stored};

/// Temporary files older than this belong to no upload that still runs.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// Where the files lie: `ab/cdef…` for the hash `abcdef…`, and `tmp/` for those under way.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

/// A file under way. Dropping it before [`Draft::keep`] removes it.
pub(super) struct Draft {
    file: File,
    path: PathBuf,
    hasher: Sha256,
    n_bytes: u64,
    limit: u64,
}

impl Folder {
    /// Opens the folder, makes what is missing and clears what a crash left under way.
    pub(super) fn open(root: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(root.join("tmp"))?;
        for n in 0..=255_u8 {
            let shard = root.join(hex::encode([n]));
            if !shard.is_dir() {
                fs::create_dir_all(shard)?;
            }
        }
        sync_folder(&root)?;
        if let Some(parent) = root.parent().filter(|it| !it.as_os_str().is_empty()) {
            sync_folder(parent)?;
        }
        let folder = Self { root };
        folder.clear_stale();
        Ok(folder)
    }

    /// Where the file with this content lies, or would lie.
    pub(super) fn path(&self, hash: &FileHash) -> PathBuf {
        let name = hash.to_string();
        let (shard, rest) = name.split_at_checked(2).unwrap_or_default();
        self.root.join(shard).join(rest)
    }

    /// Starts a file that may have at most `limit` bytes.
    pub(super) fn draft(&self, limit: u64) -> io::Result<Draft> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = self.root.join("tmp").join(format!("{}-{n}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    return Ok(Draft { file, path, hasher: Sha256::new(), n_bytes: 0, limit });
                }
                // Left by an earlier process with the same number.
                Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {}
                Err(err) => return Err(err),
            }
        }
    }

    /// Keeps `content`, which is written only if it is not there yet.
    pub(super) fn put(&self, content: &[u8]) -> Result<Stored, FilesError> {
        let stored = Stored { hash: FileHash::of(content), n_bytes: content.len() as u64 };
        if self.has(&stored)? {
            self.sync_name(&stored.hash)?;
            return Ok(stored);
        }
        let mut draft = self.draft(u64::MAX)?;
        draft.file.write_all(content)?;
        self.publish(&draft, &stored)?;
        Ok(stored)
    }

    /// Gives a finished draft its name, durably.
    pub(super) fn keep(&self, draft: Draft) -> Result<Stored, FilesError> {
        let hash = FileHash(draft.hasher.clone().finalize().into());
        let stored = Stored { hash, n_bytes: draft.n_bytes };
        if self.has(&stored)? {
            self.sync_name(&hash)?;
        } else {
            self.publish(&draft, &stored)?;
        }
        Ok(stored)
    }

    fn publish(&self, draft: &Draft, stored: &Stored) -> io::Result<()> {
        draft.file.sync_data()?;
        // Two callers with the same content: the second replaces the first by its equal.
        fs::rename(&draft.path, self.path(&stored.hash))?;
        self.sync_name(&stored.hash)
    }

    /// True when the file is there, whole. One of another length was damaged from outside and is
    /// written again.
    fn has(&self, stored: &Stored) -> io::Result<bool> {
        match fs::metadata(self.path(&stored.hash)) {
            Ok(found) => Ok(found.len() == stored.n_bytes),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(err) => Err(err),
        }
    }

    /// Also for a file that was found: whoever wrote it may not have synced its name yet.
    fn sync_name(&self, hash: &FileHash) -> io::Result<()> {
        self.path(hash).parent().map_or(Ok(()), sync_folder)
    }

    fn clear_stale(&self) {
        let Ok(drafts) = fs::read_dir(self.root.join("tmp")) else { return };
        for draft in drafts.flatten() {
            let age = draft.metadata().and_then(|it| it.modified()).ok();
            if age.and_then(|it| it.elapsed().ok()).is_some_and(|age| age > STALE) {
                // A file that cannot be removed costs space, nothing else.
                drop(fs::remove_file(draft.path()));
            }
        }
    }
}

impl Draft {
    /// Adds bytes at the end.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), FilesError> {
        self.n_bytes = self.n_bytes.saturating_add(bytes.len() as u64);
        if self.n_bytes > self.limit {
            return Err(FilesError::TooLarge { limit: self.limit });
        }
        self.hasher.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once renamed there is nothing under this name.
        drop(fs::remove_file(&self.path));
    }
}

/// Makes the names inside `folder` durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
