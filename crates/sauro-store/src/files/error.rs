use crate::FileHash;

/// A failure of the file store. Nothing is left behind by a failed write.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The upload has more bytes than allowed.
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// Most bytes allowed.
        limit: u64,
    },
    /// The sender stopped in the middle.
    #[error("the upload was cut")]
    Cut(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No file has this content.
    #[error("there is no file {0}")]
    NotFound(FileHash),
    /// The bytes found are not those that were written. Needs a human.
    #[error("the file {0} is damaged")]
    Damaged(FileHash),
    /// The place cannot be used for files.
    #[error("files cannot be kept at {place}: {reason}")]
    Place {
        /// As configured.
        place: String,
        /// Why not.
        reason: String,
    },
    /// The scanner found malware in it.
    #[error("the file is infected: {0}")]
    Infected(String),
    /// The scanner did not say that it is clean.
    #[error("the file could not be scanned: {0}")]
    NotScanned(String),
    /// The disk refused.
    #[error("the disk refused")]
    Disk(#[from] std::io::Error),
    /// The object storage refused.
    #[error("the object storage refused")]
    Remote(#[from] object_store::Error),
    /// The process is closing.
    #[error("the process is closing")]
    Closing,
}
