//! Files by content: a file's name is the SHA-256 of its bytes, so that the same evidence is kept
//! once and reuse is visible. A file is durable before the row that names it is written.

mod error;
mod folder;
mod hash;
mod rows;
mod scan;

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt, pin_mut};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

pub use error::FilesError;
pub use hash::{FileHash, NotAHash};
pub use rows::{FileRow, find, page_after, record};

use folder::{Draft, Folder};
use scan::Scanner;

/// Pieces of one upload that may wait for the disk.
const PIECES: usize = 8;

/// A file that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stored {
    /// Its name.
    pub hash: FileHash,
    /// Its size.
    pub n_bytes: u64,
}

/// The files of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    /// Where they are read.
    store: Arc<dyn ObjectStore>,
    /// Where they are written first: the store itself, or a spool before an object storage.
    folder: Arc<Folder>,
    is_local: bool,
    scanner: Option<Scanner>,
}

impl Files {
    /// Opens a local folder (a path, or a `file://` address) and makes it when it is missing.
    ///
    /// # Errors
    ///
    /// [`FilesError::Place`] for another address: object storages come in by [`Files::over`].
    pub async fn open(place: &str) -> Result<Self, FilesError> {
        let refuse =
            |reason: &str| FilesError::Place { place: place.to_owned(), reason: reason.to_owned() };
        let path = match place.split_once("://") {
            None => place,
            Some(("file", path)) => path,
            Some(_) => return Err(refuse("only a local folder is built in")),
        };
        if path.is_empty() {
            return Err(refuse("the folder has no name"));
        }
        let root = PathBuf::from(path);
        let folder = blocking(move || {
            let folder = Folder::open(root.clone()).map_err(|err| (root.clone(), err));
            folder.map(|folder| (root, folder))
        })
        .await?;
        let (root, folder) = folder.map_err(|(_, err)| refuse(&err.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(root)?;
        Ok(Self { store: Arc::new(store), folder: Arc::new(folder), is_local: true, scanner: None })
    }

    /// Files kept in `store` (S3 and the like). Uploads pass through `spool`, a local folder,
    /// because their name is known only at their end.
    pub async fn over(store: Arc<dyn ObjectStore>, spool: &Path) -> Result<Self, FilesError> {
        let root = spool.to_owned();
        let folder = blocking(move || Folder::open(root)).await??;
        Ok(Self { store, folder: Arc::new(folder), is_local: false, scanner: None })
    }

    /// The same files, with every upload scanned by the clamd that listens at `address` before it is kept. While
    /// that does not answer nothing is kept.
    #[must_use]
    pub fn scanned_by(self, address: &str) -> Self {
        Self { scanner: Some(Scanner(address.into())), ..self }
    }

    /// Keeps `content` durably, before it answers. The same content twice is written once.
    ///
    /// # Errors
    ///
    /// [`FilesError::Infected`] and [`FilesError::NotScanned`] where uploads are scanned.
    pub async fn put(&self, content: Bytes) -> Result<Stored, FilesError> {
        if let Some(scanner) = &self.scanner {
            scanner.look_at(&content).await?;
        }
        let folder = self.folder.clone();
        if self.is_local {
            return blocking(move || folder.put(&content)).await?;
        }
        let stored = Stored { hash: FileHash::of(&content), n_bytes: content.len() as u64 };
        if !self.exists(&stored.hash).await? {
            self.store.put(&key(&stored.hash), content.into()).await?;
        }
        Ok(stored)
    }

    /// Keeps what `upload` brings, durably, without holding it in memory.
    ///
    /// # Errors
    ///
    /// [`FilesError::TooLarge`] as soon as there are more than `limit` bytes, and
    /// [`FilesError::Cut`] when the upload breaks off. Neither leaves anything behind, nor does
    /// dropping this future.
    pub async fn put_stream<S, E>(&self, upload: S, limit: u64) -> Result<Stored, FilesError>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (pieces, incoming) = mpsc::channel(PIECES);
        let writer = self.write_pieces(incoming, limit);
        pin_mut!(upload);
        while let Some(piece) = upload.next().await {
            let piece = piece.map_err(|err| FilesError::Cut(err.into()))?;
            if pieces.send(Some(piece)).await.is_err() {
                // The writer has given up and says why.
                break;
            }
        }
        // Only this tells the writer that the upload is whole.
        drop(pieces.send(None).await);
        let stored = writer.await.map_err(|_| FilesError::Closing)??;
        if let Some(scanner) = &self.scanner {
            let path = self.folder.path(&stored.hash);
            if let Err(err) = scanner.look_at_file(&path).await {
                // No row names it yet.
                blocking(move || drop(std::fs::remove_file(path))).await?;
                return Err(err);
            }
        }
        if !self.is_local {
            self.move_on(&stored).await?;
        }
        Ok(stored)
    }

    /// Writes pieces until `None`, which ends the file. Without it the draft is dropped.
    fn write_pieces(
        &self,
        mut incoming: mpsc::Receiver<Option<Bytes>>,
        limit: u64,
    ) -> JoinHandle<Result<Stored, FilesError>> {
        let folder = self.folder.clone();
        spawn_blocking(move || {
            let mut draft: Draft = folder.draft(limit)?;
            while let Some(piece) = incoming.blocking_recv() {
                match piece {
                    Some(bytes) => draft.write(&bytes)?,
                    None => return folder.keep(draft),
                }
            }
            Err(FilesError::Cut("the sender went away".into()))
        })
    }

    /// From the spool to the object storage.
    async fn move_on(&self, stored: &Stored) -> Result<(), FilesError> {
        let path = self.folder.path(&stored.hash);
        if !self.exists(&stored.hash).await? {
            let spool = LocalFileSystem::new();
            let from = Key::from_absolute_path(&path).map_err(object_store::Error::from)?;
            let mut pieces = spool.get(&from).await?.into_stream();
            let upload = self.store.put_multipart(&key(&stored.hash)).await?;
            let mut upload = WriteMultipart::new(upload);
            while let Some(piece) = pieces.try_next().await? {
                upload.wait_for_capacity(PIECES).await?;
                upload.put(piece);
            }
            upload.finish().await?;
        }
        // Another upload of the same content may have removed it first.
        blocking(move || drop(std::fs::remove_file(path))).await
    }

    /// The whole content, checked against its name.
    pub async fn read(&self, hash: &FileHash) -> Result<Bytes, FilesError> {
        let found = self.store.get(&key(hash)).await.map_err(|err| missing(err, hash))?;
        let content = found.bytes().await?;
        if FileHash::of(&content) == *hash { Ok(content) } else { Err(FilesError::Damaged(*hash)) }
    }

    /// The content piece by piece, for serving. Not checked against its name.
    pub async fn stream(
        &self,
        hash: &FileHash,
    ) -> Result<BoxStream<'static, Result<Bytes, FilesError>>, FilesError> {
        let found = self.store.get(&key(hash)).await.map_err(|err| missing(err, hash))?;
        Ok(found.into_stream().map_err(FilesError::Remote).boxed())
    }

    /// Where the file lies, when files are kept in a local folder.
    pub fn path(&self, hash: &FileHash) -> Option<PathBuf> {
        self.is_local.then(|| self.folder.path(hash))
    }

    /// True when a file with this content is kept.
    pub async fn exists(&self, hash: &FileHash) -> Result<bool, FilesError> {
        match self.store.head(&key(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(err) => Err(FilesError::Remote(err)),
        }
    }
}

impl Display for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.hash, self.n_bytes)
    }
}

/// The file's name in the store.
fn key(hash: &FileHash) -> Key {
    let name = hash.to_string();
    let (shard, rest) = name.split_at_checked(2).unwrap_or_default();
    Key::from_iter([shard, rest])
}

fn missing(err: object_store::Error, hash: &FileHash) -> FilesError {
    match err {
        object_store::Error::NotFound { .. } => FilesError::NotFound(*hash),
        err => FilesError::Remote(err),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, FilesError> {
    spawn_blocking(work).await.map_err(|_| FilesError::Closing)
}
