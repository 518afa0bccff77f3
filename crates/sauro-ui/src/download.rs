use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::Failure;

/// A file that somebody sent in: always a download, never run or drawn by the browser here, kept by nobody on
/// the way. `n_bytes` is the length of `content`.
///
/// # Errors
///
/// [`Failure::Internal`] for a media type that is none.
pub fn download(
    content: Body,
    (name, mime, n_bytes): (&str, &str, i64),
) -> Result<Response, Failure> {
    let mut response = Response::new(content);
    let headers = response.headers_mut();
    for (key, value) in headers_of(name, mime, n_bytes) {
        headers.insert(key, HeaderValue::try_from(value).map_err(Failure::internal)?);
    }
    Ok(response)
}

fn headers_of(name: &str, mime: &str, n_bytes: i64) -> [(HeaderName, String); 6] {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }).collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    [
        (header::CONTENT_TYPE, mime.to_owned()),
        (header::CONTENT_LENGTH, n_bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ]
}
