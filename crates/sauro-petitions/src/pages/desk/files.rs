//! `/phan-anh-den/{id}/tep/{file}`: a file of a case.

use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use sauro_store::FileHash;
use sauro_ui::{Caller, Failure};

use super::id_of;
use crate::actions;
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
    let it = (found.name.as_str(), found.mime.as_str(), found.n_bytes);
    sauro_ui::download(Body::from_stream(content), it)
}
