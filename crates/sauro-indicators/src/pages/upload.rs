use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// Most bytes of one upload: what the readers of papers take, and the fields beside it.
pub(super) const MAX_BYTES: usize = sauro_papers::limits::MAX_FILE_BYTES + 256 * 1024;

/// A form with at most one file.
#[derive(Default)]
pub(super) struct Upload {
    fields: Vec<(String, String)>,
    /// Content and name of the file; none when nothing was chosen.
    pub(super) file: Option<(Bytes, String)>,
    /// Why it did not come whole: 413 when it is too large, 422 when it broke off.
    pub(super) cut: Option<(StatusCode, String)>,
}

impl Upload {
    /// The first value of `name`; empty when it was not sent.
    pub(super) fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Reads a form sent either way: with a file, or as plain fields. On a fault what came before it is kept,
/// so that the form can show it again.
pub(super) async fn read(request: Request) -> Upload {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    if kind.is_some_and(|it| it.starts_with("multipart/")) {
        return match Multipart::from_request(request, &()).await {
            Ok(form) => parts(form).await,
            Err(err) => Upload { cut: Some(cut(err.status())), ..Upload::default() },
        };
    }
    match Form::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(Form(fields)) => Upload { fields, ..Upload::default() },
        Err(err) => Upload { cut: Some(cut(err.into_response().status())), ..Upload::default() },
    }
}

async fn parts(mut form: Multipart) -> Upload {
    let mut upload = Upload::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return upload,
            Err(err) => return Upload { cut: Some(cut(err.status())), ..upload },
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content = match field.bytes().await {
            Ok(content) => content,
            Err(err) => return Upload { cut: Some(cut(err.status())), ..upload },
        };
        match file_name {
            Some(_) if content.is_empty() => {}
            Some(file_name) => upload.file = Some((content, sauro_papers::clean_name(&file_name))),
            None => upload.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
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
