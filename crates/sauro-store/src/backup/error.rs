use std::path::PathBuf;

use crate::{FilesError, StoreError};

/// Why a backup could not be made or restored. The words are Vietnamese: the administrator reads
/// them in the terminal.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The backup would overwrite a file.
    #[error("tệp {0} đã có; hãy chọn tên khác")]
    Exists(PathBuf),
    /// The database to restore into is in use.
    #[error(
        "cơ sở dữ liệu đích không trống (bảng {table} đã có dữ liệu); chỉ phục hồi vào cơ sở dữ liệu trống"
    )]
    NotEmpty {
        /// A table that has rows.
        table: String,
    },
    /// The database to restore into has a newer layout than the backup.
    #[error(
        "cơ sở dữ liệu đích đã ở phiên bản {there}, mới hơn bản sao lưu (phiên bản {backup}); hãy dùng cơ sở dữ liệu chưa khởi tạo"
    )]
    NewerTarget {
        /// The target's last migration.
        there: i64,
        /// The backup's.
        backup: i64,
    },
    /// A newer program made the backup.
    #[error(
        "bản sao lưu do chương trình mới hơn tạo ra (phiên bản dữ liệu {backup}, chương trình này biết đến {known}); hãy nâng cấp chương trình rồi phục hồi"
    )]
    NewerBackup {
        /// The backup's last migration.
        backup: i64,
        /// The last one known here.
        known: i64,
    },
    /// The file is no backup, or not whole.
    #[error("tệp này không phải bản sao lưu nguyên vẹn: {0}")]
    Broken(String),
    /// The stores of this program hold a column that a backup cannot carry.
    #[error("cột {column} của bảng {table} có kiểu {kind} chưa sao lưu được")]
    UnknownKind {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Its type.
        kind: String,
    },
    /// A row names one that is not there.
    #[error("dữ liệu trong bản sao lưu không khớp nhau ở bảng {table}")]
    Unlinked {
        /// The table.
        table: String,
    },
    /// The zip cannot be written or read.
    #[error("không ghi hoặc đọc được tệp sao lưu: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The disk refused.
    #[error("đĩa từ chối: {0}")]
    Disk(#[from] std::io::Error),
    /// The files could not be read or kept.
    #[error("kho tệp từ chối: {0}")]
    Files(#[from] FilesError),
    /// The database failed.
    #[error("cơ sở dữ liệu từ chối: {0}")]
    Store(#[from] StoreError),
    /// The process is closing.
    #[error("chương trình đang dừng")]
    Closing,
}

impl From<sqlx::Error> for BackupError {
    fn from(err: sqlx::Error) -> Self {
        Self::Store(err.into())
    }
}

impl From<sqlx::migrate::MigrateError> for BackupError {
    fn from(err: sqlx::migrate::MigrateError) -> Self {
        Self::Store(sqlx::Error::from(err).into())
    }
}

impl From<serde_json::Error> for BackupError {
    fn from(err: serde_json::Error) -> Self {
        Self::Broken(err.to_string())
    }
}
