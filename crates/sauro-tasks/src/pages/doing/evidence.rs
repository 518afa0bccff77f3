use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use sauro_kernel::EvidenceId;
use sauro_store::{Db, FileHash, Files};
use sauro_ui::{Caller, Failure};

use crate::actions;

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
    let it = (evidence.label.as_str(), evidence.mime.as_str(), evidence.n_bytes);
    sauro_ui::download(Body::from_stream(content), it)
}
