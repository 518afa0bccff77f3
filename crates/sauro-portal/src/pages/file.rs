//! `/tep-cong/{id}`: papers of items.

use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use sauro_papers::PictureFormat;
use sauro_store::FileHash;
use sauro_ui::{Failure, download};
use uuid::Uuid;

use super::House;
use crate::actions;
use crate::model::Rendition;

/// Where pictures that once stood here lead to.
const WHOLE: Rendition = Rendition { width: 1600, format: PictureFormat::Jpeg };

/// `GET /tep-cong/{id}`. Papers are taken along; a picture, which stood here once, is shown at its own address.
pub(super) async fn show(house: House, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let kept = (&house.state.db, &house.state.files);
    let file = match actions::file_to_read(&house.ctx, &house.state.db, id).await {
        Ok(file) if !file.mime.starts_with("image/") => file,
        Ok(_) | Err(crate::PortalError::NotFound(_)) => {
            actions::picture_file(&house.ctx, kept, (id, WHOLE), None).await?;
            let to = format!("/anh-cong/{id}/{}", WHOLE.name());
            return Ok(Redirect::permanent(&to).into_response());
        }
        Err(err) => return Err(err.into()),
    };
    let hash: FileHash = file.hash.parse().map_err(Failure::internal)?;
    let content = house.state.files.read(&hash).await?;
    download(Body::from(content), (&file.name, &file.mime, file.n_bytes))
}
