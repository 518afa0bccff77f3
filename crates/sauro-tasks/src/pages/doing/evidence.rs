use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use sauro_kernel::EvidenceId;
use sauro_store::{Db, FileHash, Files};
use sauro_ui::{Caller, Failure};

use crate::actions;
use crate::model::Evidence;

/// `GET /minh-chung/{id}`: the file, always as a download, never run or drawn by the browser here.
pub(super) async fn download(
    Caller(ctx): Caller,
    State(db): State<Db>,
    State(files): State<Files>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: EvidenceId = id.parse().map_err(|_| Failure::NotFound)?;
    let evidence = actions::find_evidence(&ctx, &db, id).await?;
    let Some(hash) = evidence.file_hash else { return Err(Failure::NotFound) };
    let content = files.stream(&FileHash(hash)).await?;
    let mut response = Response::new(Body::from_stream(content));
    let headers = response.headers_mut();
    for (name, value) in headers_of(&evidence) {
        headers.insert(name, HeaderValue::try_from(value).map_err(Failure::internal)?);
    }
    Ok(response)
}

fn headers_of(evidence: &Evidence) -> [(HeaderName, String); 6] {
    let plain: String = evidence
        .label
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' })
        .collect();
    let mut full = String::new();
    for byte in evidence.label.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    [
        (header::CONTENT_TYPE, evidence.mime.clone()),
        (header::CONTENT_LENGTH, evidence.n_bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ]
}
