use axum::extract::Request;
use axum::http::StatusCode;
use sauro_ui::{Faults, SentForm};

use crate::actions::{FileSent, MAX_FILE_BYTES, MAX_FILES};

/// Most bytes of one form with its files.
pub(super) const MAX_BYTES: usize = MAX_FILES * MAX_FILE_BYTES + 512 * 1024;

/// A form with its files.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) fields: Vec<(String, String)>,
    pub(super) files: Vec<FileSent>,
    /// Why it did not come whole.
    pub(super) cut: Option<(StatusCode, &'static str)>,
}

impl Upload {
    /// The first value of `name`; empty when it was not sent.
    pub(super) fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub(super) fn is_checked(&self, name: &str) -> bool {
        !self.one(name).is_empty()
    }

    /// What is said of a form that did not come whole, at the field of its files.
    pub(super) fn faults(&self) -> Option<(StatusCode, Faults)> {
        let (status, words) = self.cut?;
        Some((status, Faults::from_iter([("tep".to_owned(), words.to_owned())])))
    }
}

/// Reads a form sent either way: with files, or as plain fields. On a fault what came before it is kept, so
/// that the form can show it again.
pub(super) async fn read(request: Request) -> Upload {
    let sent = SentForm::read(request).await;
    let file = |(name, content)| FileSent { name, content };
    Upload {
        files: sent.files.into_iter().map(file).collect(),
        fields: sent.fields,
        cut: sent.cut.map(cut),
    }
}

fn cut(status: StatusCode) -> (StatusCode, &'static str) {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return (
            status,
            "Các tệp gửi lên lớn hơn giới hạn 20 MB một tệp, 5 tệp. Bỏ bớt hoặc thu nhỏ ảnh.",
        );
    }
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "Biểu mẫu chưa gửi lên hết, có thể do đường truyền. Chọn lại tệp rồi gửi lần nữa, nội dung đã ghi vẫn còn.",
    )
}
