use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::fields::Fields;

/// Most bytes of one upload: what the readers of papers take, and the fields beside it.
pub(super) const MAX_BYTES: usize = sauro_papers::limits::MAX_FILE_BYTES + 256 * 1024;

/// A form with at most one file.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) fields: Fields,
    /// Content and name of the file; none when nothing was chosen.
    pub(super) file: Option<(Bytes, String)>,
}

/// Why an upload could not be taken in.
pub(super) struct UploadFault {
    /// 413 when it is too large, 422 when it broke off.
    pub(super) status: StatusCode,
    /// What to say.
    pub(super) sentence: String,
}

/// Reads a form; on a fault what came before it is kept, so that the form can show it again.
pub(super) async fn read(mut form: Multipart) -> (Upload, Option<UploadFault>) {
    let mut upload = Upload::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return (upload, None),
            Err(err) => return (upload, Some(fault_of(err.status()))),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content = match field.bytes().await {
            Ok(content) => content,
            Err(err) => return (upload, Some(fault_of(err.status()))),
        };
        match file_name {
            Some(_) if content.is_empty() => {}
            Some(file_name) => upload.file = Some((content, sauro_papers::clean_name(&file_name))),
            None => upload.fields.0.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
}

/// [`read`] for a form sent either way: with a file, or as plain fields.
pub(super) async fn read_any(request: Request) -> (Upload, Option<UploadFault>) {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    if kind.is_some_and(|it| it.starts_with("multipart/")) {
        return match Multipart::from_request(request, &()).await {
            Ok(form) => read(form).await,
            Err(err) => (Upload::default(), Some(fault_of(err.status()))),
        };
    }
    match Form::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(Form(fields)) => (Upload { fields: Fields(fields), file: None }, None),
        Err(err) => (Upload::default(), Some(fault_of(err.into_response().status()))),
    }
}

fn fault_of(status: StatusCode) -> UploadFault {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let mb = sauro_papers::limits::MAX_FILE_BYTES / (1024 * 1024);
        let sentence = format!(
            "Nội dung gửi lên lớn hơn giới hạn {mb} MB. Chọn tệp nhỏ hơn, hoặc chỉ dán phần giao nhiệm vụ."
        );
        return UploadFault { status, sentence };
    }
    let sentence =
        "Tệp chưa tải lên hết, có thể do đường truyền. Chọn lại tệp rồi gửi lần nữa.".to_owned();
    UploadFault { status: StatusCode::UNPROCESSABLE_ENTITY, sentence }
}
