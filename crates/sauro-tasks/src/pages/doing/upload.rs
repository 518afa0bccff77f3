use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use bytes::Bytes;
use sauro_ui::{AppState, Failure};

use crate::actions::MAX_FILE_BYTES;

/// Most bytes kept of one request, all its files together.
const MAX_KEPT_BYTES: usize = 3 * MAX_FILE_BYTES;
/// Most bytes of one text field.
const MAX_TEXT_BYTES: usize = 512 * 1024;
/// Most bytes read at all: a form is answered with a sentence only after it came in whole, because
/// a browser does not listen before it has finished sending.
const MAX_READ_BYTES: usize = 512 * 1024 * 1024;

/// A form as sent, urlencoded or multipart. Nothing of it touches the disk before it came in whole,
/// so an upload that is cut leaves nothing behind.
#[derive(Default)]
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    /// The files, in order.
    pub(super) files: Vec<SentFile>,
    /// Names of files that were larger than accepted.
    pub(super) too_large: Vec<String>,
}

/// One file of a form.
pub(super) struct SentFile {
    /// Name of the field.
    pub(super) field: String,
    /// Name of the file as sent.
    pub(super) name: String,
    /// What is in it.
    pub(super) content: Bytes,
}

impl Sent {
    /// The last value of the field `name`, or nothing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// All fields.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest<AppState> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        if kind.is_some_and(|it| it.starts_with("multipart/form-data")) {
            let form = Multipart::from_request(request, state).await;
            return read(form.map_err(|_| Failure::Unavailable)?).await;
        }
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, 16 * MAX_TEXT_BYTES).await.map_err(|_| Failure::TooLarge)?;
        let request = Request::from_parts(parts, Body::from(bytes));
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let Form(fields) = form.map_err(|_| Failure::Unavailable)?;
        Ok(Self { fields, ..Self::default() })
    }
}

async fn read(mut form: Multipart) -> Result<Sent, Failure> {
    let mut sent = Sent::default();
    let (mut n_kept, mut n_read) = (0_usize, 0_usize);
    while let Some(mut field) = form.next_field().await.map_err(|_| Failure::Unavailable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let most = if file_name.is_some() { MAX_FILE_BYTES } else { MAX_TEXT_BYTES };
        let mut content = Vec::new();
        let mut is_too_large = false;
        while let Some(piece) = field.chunk().await.map_err(|_| Failure::Unavailable)? {
            n_read = n_read.saturating_add(piece.len());
            if n_read > MAX_READ_BYTES {
                return Err(Failure::TooLarge);
            }
            is_too_large |=
                content.len() + piece.len() > most || n_kept + piece.len() > MAX_KEPT_BYTES;
            if is_too_large {
                n_kept -= content.len();
                content = Vec::new();
            } else {
                n_kept += piece.len();
                content.extend_from_slice(&piece);
            }
        }
        match file_name {
            Some(file_name) if is_too_large => sent.too_large.push(file_name),
            // A file field that was left empty.
            Some(file_name) if file_name.is_empty() && content.is_empty() => {}
            Some(file_name) => {
                sent.files.push(SentFile { field: name, name: file_name, content: content.into() })
            }
            None if is_too_large => return Err(Failure::TooLarge),
            None => sent.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
    Ok(sent)
}
