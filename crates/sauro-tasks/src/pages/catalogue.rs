use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sauro_directory::DirectoryHandle;
use sauro_ui::{AppState, Failure};

use crate::model::Agencies;

/// The agencies that the pages name. The product lays a
/// [`DirectoryHandle`] over the routes as an extension.
#[derive(Clone)]
pub struct Catalogue(pub Arc<dyn Agencies>);

impl FromRequestParts<AppState> for Catalogue {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self, Failure> {
        let laid = parts.extensions.get::<Self>().cloned();
        laid.or_else(|| parts.extensions.get::<DirectoryHandle>().map(|it| Self(it.directory())))
            .ok_or_else(|| {
                Failure::internal(std::io::Error::other(
                    "no catalogue of agencies is laid over the routes",
                ))
            })
    }
}
