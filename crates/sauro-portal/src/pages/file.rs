//! `/tep-cong/{id}`: pictures and papers of items.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use sauro_store::FileHash;
use sauro_ui::{Failure, download};
use uuid::Uuid;

use super::House;
use crate::actions;

/// `GET /tep-cong/{id}`. Pictures are shown, everything else is taken along.
pub(super) async fn show(house: House, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let file = actions::file_to_read(&house.ctx, &house.state.db, id).await?;
    let hash: FileHash = file.hash.parse().map_err(Failure::internal)?;
    let content = house.state.files.read(&hash).await?;
    let content = Body::from(content);
    let mut response = download(content, (&file.name, &file.mime, file.n_bytes))?;
    if file.mime.starts_with("image/") {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    Ok(response)
}
