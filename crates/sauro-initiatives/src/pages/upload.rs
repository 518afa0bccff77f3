use axum::Form;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use sauro_ui::{AppState, Failure};

use super::Sent;
use crate::actions::Attachment;

/// Most bytes of one text field.
const MAX_TEXT_BYTES: usize = 256 * 1024;

/// A form with files, urlencoded or multipart; the limit of the route bounds it as a whole. Nothing of it
/// touches the disk before everything else was found right.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) fields: Sent,
    pub(super) files: Vec<Attachment>,
}

impl FromRequest<AppState> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        if kind.is_some_and(|it| it.starts_with("multipart/form-data")) {
            let form = Multipart::from_request(request, state).await;
            return read(form.map_err(|_| Failure::NotFound)?).await;
        }
        let form = Form::<Sent>::from_request(request, state).await;
        let Form(fields) = form.map_err(|_| Failure::NotFound)?;
        Ok(Self { fields, files: Vec::new() })
    }
}

async fn read(mut form: Multipart) -> Result<Upload, Failure> {
    let mut upload = Upload::default();
    // What goes past the limit of the route, or is cut.
    let cut = |_| Failure::TooLarge;
    while let Some(field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content = field.bytes().await.map_err(cut)?;
        match file_name {
            // A file field that was left empty.
            Some(it) if it.is_empty() && content.is_empty() => {}
            Some(name) => upload.files.push(Attachment { name, content }),
            None if content.len() > MAX_TEXT_BYTES => return Err(Failure::TooLarge),
            None => upload.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
    Ok(upload)
}
