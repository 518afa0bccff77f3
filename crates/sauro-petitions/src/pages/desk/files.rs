//! `/phan-anh-den/{id}/tep/{file}`: a file of a case.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use sauro_store::FileHash;
use sauro_ui::{Caller, Failure};

use super::id_of;
use crate::actions;
use crate::model::CaseFile;
use crate::pages::premises::Premises;

/// Always a download: what strangers sent is never run or drawn by the browser here.
pub(super) async fn download(
    Caller(ctx): Caller,
    premises: Premises,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let view = actions::case_view(&ctx, &premises.house(), id_of(&id)?).await?;
    let found = view.files.iter().find(|it| it.id.to_string() == file);
    let found = found.ok_or(Failure::NotFound)?;
    let content = premises.files.stream(&FileHash(found.hash)).await?;
    let mut response = Response::new(Body::from_stream(content));
    let headers = response.headers_mut();
    for (name, value) in headers_of(found) {
        headers.insert(name, HeaderValue::try_from(value).map_err(Failure::internal)?);
    }
    Ok(response)
}

fn headers_of(file: &CaseFile) -> [(HeaderName, String); 6] {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let plain: String = file.name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut full = String::new();
    for byte in file.name.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() => full.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' => full.push(char::from(byte)),
            byte => full.push_str(&format!("%{byte:02X}")),
        }
    }
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    [
        (header::CONTENT_TYPE, file.mime.clone()),
        (header::CONTENT_LENGTH, file.n_bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ]
}
