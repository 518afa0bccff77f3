use sauro_kernel::Denied;
use sauro_store::StoreError;

/// Why the catalogue could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The file has faults; nothing of it was taken.
    #[error("the file has {} faults, the first: {}", .0.len(), .0.first().map_or_else(String::new, Fault::sentence))]
    Faults(Vec<Fault>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One fault of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1, the heading being line 1.
    pub line: u64,
    /// Heading of the column, or empty.
    pub column: String,
    /// What is wrong and how to mend it, in Vietnamese.
    pub words: String,
}

impl Fault {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        if self.column.is_empty() {
            format!("Dòng {}: {}", self.line, self.words)
        } else {
            format!("Dòng {}, cột {}: {}", self.line, self.column, self.words)
        }
    }
}
