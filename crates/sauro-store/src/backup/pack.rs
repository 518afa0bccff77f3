//! Writes the zip, on a thread of its own.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::BackupError;

/// What the thread is told.
enum Order {
    Start { name: String, is_packed: bool },
    Data(Bytes),
    Hash(oneshot::Sender<String>),
    Done,
}

/// The zip under way. Dropping it before [`Pack::finish`] removes what was written.
pub(super) struct Pack {
    orders: mpsc::Sender<Order>,
    thread: JoinHandle<Result<(), BackupError>>,
}

impl Pack {
    /// Starts the zip that is to be at `path`.
    pub(super) fn create(path: &Path) -> Self {
        let (orders, incoming) = mpsc::channel(64);
        let path = path.to_owned();
        Self { orders, thread: spawn_blocking(move || serve(&path, incoming)) }
    }

    /// Starts a part.
    pub(super) async fn start(&self, name: String, is_packed: bool) -> Result<(), BackupError> {
        self.say(Order::Start { name, is_packed }).await
    }

    /// Adds bytes to the part.
    pub(super) async fn data(&self, bytes: Bytes) -> Result<(), BackupError> {
        self.say(Order::Data(bytes)).await
    }

    /// SHA-256 of the part so far, hexadecimal.
    pub(super) async fn hash(&self) -> Result<String, BackupError> {
        let (tell, hash) = oneshot::channel();
        self.say(Order::Hash(tell)).await?;
        hash.await.map_err(|_| BackupError::Closing)
    }

    /// Gives the zip its name, durably.
    pub(super) async fn finish(self) -> Result<(), BackupError> {
        self.say(Order::Done).await?;
        self.outcome().await
    }

    /// What stopped the thread.
    pub(super) async fn outcome(self) -> Result<(), BackupError> {
        drop(self.orders);
        self.thread.await.map_err(|_| BackupError::Closing)?
    }

    async fn say(&self, order: Order) -> Result<(), BackupError> {
        self.orders.send(order).await.map_err(|_| BackupError::Closing)
    }
}

/// Removes the unfinished file, unless it has got its name.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

fn serve(path: &Path, mut orders: mpsc::Receiver<Order>) -> Result<(), BackupError> {
    if path.exists() {
        return Err(BackupError::Exists(path.to_owned()));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = Part(path.with_file_name(name));
    let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, File::create(&part.0)?));
    let mut hasher = Sha256::new();
    while let Some(order) = orders.blocking_recv() {
        match order {
            Order::Start { name, is_packed } => {
                let method =
                    if is_packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
                let options = SimpleFileOptions::default()
                    .compression_method(method)
                    .large_file(true)
                    .unix_permissions(0o600);
                zip.start_file(name, options)?;
                hasher = Sha256::new();
            }
            Order::Data(bytes) => {
                hasher.update(&bytes);
                zip.write_all(&bytes)?;
            }
            // Whoever asked may have left.
            Order::Hash(tell) => drop(tell.send(hex::encode(hasher.clone().finalize()))),
            Order::Done => {
                let file = zip.finish()?.into_inner().map_err(|err| err.into_error())?;
                file.sync_all()?;
                fs::rename(&part.0, path)?;
                let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
                if cfg!(unix) {
                    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
                }
                return Ok(());
            }
        }
    }
    Err(BackupError::Closing)
}
