use sauro_kernel::Denied;
use sauro_petitions::PetitionsError;
use sauro_store::{SealError, StoreError};

/// Why something could not be done with a message or a letter.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The room of petitions failed.
    #[error(transparent)]
    Petitions(#[from] PetitionsError),
    /// The key file does not seal or open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
