use axum::body::Bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use sauro_ui::SentForm;

/// Most bytes of one upload: what the readers of papers take, and the fields beside it.
pub(super) const MAX_BYTES: usize = sauro_papers::limits::MAX_FILE_BYTES + 256 * 1024;

/// A form with at most one file.
#[derive(Default)]
pub(super) struct Upload {
    sent: SentForm,
    /// Content and name of the file; none when nothing was chosen.
    pub(super) file: Option<(Bytes, String)>,
    /// Why it did not come whole: 413 when it is too large, 422 when it broke off.
    pub(super) cut: Option<(StatusCode, String)>,
}

impl Upload {
    /// The first value of `name`; empty when it was not sent.
    pub(super) fn one(&self, name: &str) -> &str {
        self.sent.one(name)
    }
}

/// Reads a form sent either way: with a file, or as plain fields. On a fault what came before it is kept,
/// so that the form can show it again.
pub(super) async fn read(request: Request) -> Upload {
    let mut sent = SentForm::read(request).await;
    let file = sent.files.pop();
    let file = file.map(|(name, content)| (content, sauro_papers::clean_name(&name)));
    let cut = sent.cut.map(cut);
    Upload { sent, file, cut }
}

fn cut(status: StatusCode) -> (StatusCode, String) {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let mb = sauro_papers::limits::MAX_FILE_BYTES / (1024 * 1024);
        let words =
            format!("Nội dung gửi lên lớn hơn giới hạn {mb} MB. Chia thành nhiều tệp nhỏ hơn.");
        return (status, words);
    }
    let words = "Tệp chưa tải lên hết, có thể do đường truyền. Chọn lại tệp rồi gửi lần nữa.";
    (StatusCode::UNPROCESSABLE_ENTITY, words.to_owned())
}
