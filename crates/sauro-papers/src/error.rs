//! Why a paper could not be read: English for logs, a Vietnamese sentence for the person.

use crate::kind::KindError;
use crate::limits;

/// Why an upload or a pasted text was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The file is of a kind that is not accepted here.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// The kind is known but holds nothing this reader can use.
    #[error("{what} cannot be read as {wanted}")]
    NotReadable {
        /// What came, as a person calls it.
        what: String,
        /// What was wanted.
        wanted: Wanted,
    },
    /// Something is larger than is accepted.
    #[error("too big: {what:?}, limit {limit}")]
    TooBig {
        /// What is too large.
        what: TooBig,
        /// The limit, in the unit of `what`.
        limit: u64,
    },
    /// The file is cut short or damaged.
    #[error("damaged {what}: {detail}")]
    Damaged {
        /// What came, as a person calls it.
        what: &'static str,
        /// What the library said; for logs only.
        detail: String,
    },
    /// The file opens only with a password.
    #[error("{what} is protected by a password")]
    Locked {
        /// What came, as a person calls it.
        what: &'static str,
    },
    /// There is nothing in it.
    #[error("nothing to read in {what}")]
    Empty {
        /// What came, as a person calls it.
        what: &'static str,
    },
    /// A PDF without a usable text layer.
    #[error("PDF of {pages} pages without readable text")]
    Scanned {
        /// How many pages it has.
        pages: usize,
    },
    /// A spreadsheet or a paper could not be written.
    #[error("file not written: {detail}")]
    NotWritten {
        /// What the library said; for logs only.
        detail: String,
    },
    /// The letters are in no encoding that could be told with certainty.
    #[error("undecidable text encoding")]
    Encoding,
}

/// What the caller wanted to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Running text.
    Text,
    /// Rows and columns.
    Table,
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Table => "a table",
        })
    }
}

/// What was larger than accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooBig {
    /// The file itself, in bytes.
    File,
    /// What a package unpacks to, in bytes.
    Unpacked,
    /// The number of entries in a package.
    Entries,
    /// How strongly a package is compressed, bytes out for a byte in.
    Ratio,
    /// The text, in characters.
    Text,
    /// Rows of a table.
    Rows,
    /// Columns of a table.
    Columns,
    /// Cells of a table.
    Cells,
    /// Text of a table, in bytes.
    TableText,
    /// Pages of a PDF.
    Pages,
    /// Seconds of reading.
    Seconds,
}

impl PaperError {
    /// Shorthand for [`PaperError::Damaged`].
    pub(crate) fn damaged(what: &'static str, detail: impl std::fmt::Display) -> Self {
        Self::Damaged { what, detail: detail.to_string().chars().take(300).collect() }
    }

    /// Shorthand for [`PaperError::TooBig`].
    pub(crate) fn too_big(what: TooBig, limit: u64) -> Self {
        Self::TooBig { what, limit }
    }

    /// One Vietnamese sentence or two: what is wrong, where, and how to mend it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Kind(kind) => kind.sentence(),
            Self::NotReadable { what, wanted: Wanted::Text } => format!(
                "Chưa đọc được chữ từ {what}. Hãy dùng tệp .docx, .pdf có chữ, .xlsx hoặc .txt, hoặc dán nội dung vào ô văn bản."
            ),
            Self::NotReadable { what, wanted: Wanted::Table } => format!(
                "Chưa đọc được bảng từ {what}. Hãy mở tệp rồi lưu lại dạng .xlsx hoặc .csv, hoặc dán các ô từ bảng tính."
            ),
            Self::TooBig { what, limit } => too_big_sentence(*what, *limit),
            Self::Damaged { what, .. } => format!(
                "{what} bị hỏng hoặc chưa tải lên hết. Hãy mở thử trên máy của bạn, lưu lại rồi tải lên lần nữa."
            ),
            Self::Locked { what } => {
                format!("{what} có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi tải lên.")
            }
            Self::Empty { what } => {
                format!("{what} không có nội dung. Hãy kiểm tra lại và chọn đúng nội dung cần đưa vào.")
            }
            Self::Scanned { pages } => format!(
                "Tệp PDF ({pages} trang) là ảnh quét hoặc dùng phông chữ không chép ra chữ được. Hãy dán phần chữ vào ô văn bản, dùng bản .docx, hoặc nhận dạng chữ (OCR) trước khi tải lên."
            ),
            Self::NotWritten { .. } => "Chưa tạo được tệp. Hãy thu hẹp phạm vi dữ liệu rồi thử lại.".to_owned(),
            Self::Encoding => "Không xác định chắc chắn được bảng mã của văn bản. Hãy mở tệp, lưu lại với bảng mã Unicode (UTF-8) hoặc dán nội dung từ bản đọc được.".to_owned(),
        }
    }
}

fn too_big_sentence(what: TooBig, limit: u64) -> String {
    let n = grouped(limit);
    let mb = limit / (1024 * 1024);
    match what {
        TooBig::File => format!(
            "Tệp lớn hơn giới hạn {mb} MB. Hãy nén ảnh trong tệp hoặc chia thành nhiều tệp nhỏ hơn."
        ),
        TooBig::Unpacked => format!(
            "Tệp sau khi giải nén lớn hơn giới hạn {mb} MB nên bị từ chối. Hãy bỏ bớt ảnh và phần không cần rồi lưu lại."
        ),
        TooBig::Entries => format!(
            "Tệp chứa hơn {n} thành phần bên trong nên bị từ chối. Hãy chép nội dung sang một tệp mới rồi tải lên."
        ),
        TooBig::Ratio => format!(
            "Tệp được nén bất thường (hơn {n} lần) nên bị từ chối để bảo vệ hệ thống. Hãy chép nội dung sang một tệp mới rồi tải lên."
        ),
        TooBig::Text => format!(
            "Văn bản dài quá giới hạn {n} ký tự. Hãy chia thành nhiều phần và đưa vào từng phần."
        ),
        TooBig::Rows => {
            format!("Bảng có hơn {n} dòng. Hãy chia thành nhiều tệp, mỗi tệp không quá {n} dòng.")
        }
        TooBig::Columns => {
            format!("Bảng có hơn {n} cột. Hãy xoá các cột không dùng đến rồi lưu lại.")
        }
        TooBig::Cells => {
            format!("Bảng có hơn {n} ô. Hãy xoá dòng, cột thừa hoặc chia thành nhiều tệp.")
        }
        TooBig::TableText => {
            format!("Chữ trong bảng nhiều hơn giới hạn {mb} MB. Hãy chia bảng thành nhiều tệp.")
        }
        TooBig::Pages => {
            format!("Tệp PDF có hơn {n} trang. Hãy tách phần cần đọc thành tệp riêng.")
        }
        TooBig::Seconds => format!(
            "Đọc tệp PDF này lâu hơn {n} giây nên đã dừng. Hãy dùng bản .docx hoặc dán phần chữ vào ô văn bản."
        ),
    }
}

/// A number as written in Vietnamese: groups of three parted by a full stop.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// Refuses an upload larger than this crate looks at.
pub(crate) fn check_file_size(bytes: &[u8]) -> Result<(), PaperError> {
    if bytes.len() > limits::MAX_FILE_BYTES {
        return Err(PaperError::too_big(TooBig::File, limits::MAX_FILE_BYTES as u64));
    }
    Ok(())
}
