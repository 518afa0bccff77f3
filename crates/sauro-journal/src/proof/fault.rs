use std::fmt;

/// The first thing in the log that does not fit. Shown to people as one Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The entry, or the first of those among which it is.
    pub position: i64,
    /// The last of those among which it is; the same as `position` when it is known exactly.
    pub through: i64,
    /// The entry's id, if there is an entry.
    pub id: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
    /// What was done.
    pub kind: Option<String>,
    /// What does not fit.
    pub what: What,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// There is no entry at this position, though there is proof of one or a later one.
    EntryMissing,
    /// The entry stands at a position that cannot be.
    OutOfOrder,
    /// The entry is not what it was when its leaf was written; the leaf is sound.
    EntryChanged,
    /// The entry is sound, but its leaf was changed.
    LeafChanged,
    /// The entry and its leaf do not fit, and neither fits the head.
    EntryAndProofChanged,
    /// The entry has no leaf, though a head covers it.
    LeafMissing,
    /// A kept hash of a subtree does not fit its leaves.
    SubtreeChanged,
    /// The head of this size fits none of the entries and leaves before it: it was changed, or
    /// entries were changed together with their leaves.
    HeadChanged {
        /// The head's size.
        size: i64,
    },
    /// A head was written and is gone.
    HeadMissing,
    /// The file of heads says otherwise: entries, leaves and heads were rewritten together, or the file was.
    AnchorDiffers {
        /// The head's size.
        size: i64,
    },
}

impl What {
    fn words(self) -> String {
        match self {
            Self::EntryMissing => {
                "mục này không còn, dù đã có niêm phong hoặc có mục sau nó".into()
            }
            Self::OutOfOrder => "mục này đứng ở số thứ tự không thể có".into(),
            Self::EntryChanged => "nội dung mục này khác với lúc niêm phong".into(),
            Self::LeafChanged => "mục còn nguyên nhưng dấu niêm phong của nó bị sửa".into(),
            Self::EntryAndProofChanged => {
                "nội dung mục này và dấu niêm phong của nó đều không còn khớp".into()
            }
            Self::LeafMissing => "dấu niêm phong của mục này không còn".into(),
            Self::SubtreeChanged => "băm trung gian của đoạn này bị sửa hoặc bị xóa".into(),
            Self::HeadChanged { size } => format!(
                "gốc niêm phong {size} mục không khớp: gốc bị sửa, hoặc có mục trong đoạn này bị sửa cùng dấu niêm phong"
            ),
            Self::HeadMissing => "gốc niêm phong của đoạn này không còn".into(),
            Self::AnchorDiffers { size } => format!(
                "tệp gốc niêm phong giữ bên ngoài nói khác về {size} mục đầu: cơ sở dữ liệu (hoặc tệp ấy) đã bị viết lại"
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.position == self.through {
            write!(f, "Mục số {}", self.position)?;
        } else {
            write!(f, "Đoạn từ mục số {} đến mục số {}", self.position, self.through)?;
        }
        if let (Some(id), Some(subject), Some(kind)) = (&self.id, &self.subject, &self.kind) {
            write!(f, " (mã {id}, việc {kind}, về {subject})")?;
        }
        write!(f, ": {}.", self.what.words())
    }
}
