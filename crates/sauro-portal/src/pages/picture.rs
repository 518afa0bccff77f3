//! `/anh-cong/{id}/{name}`: pictures of the library at an address that stays, whatever they show.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_store::FileHash;
use sauro_ui::Failure;
use serde::Deserialize;
use uuid::Uuid;

use super::House;
use crate::actions;
use crate::model::Rendition;

/// The word of the link to a preview.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "xem")]
    pass: String,
}

/// `GET /anh-cong/{id}/{name}`. What it shows may change at any moment, so that everybody asks again each time, by
/// the mark of the content.
pub(super) async fn show(
    house: House,
    Path((id, name)): Path<(Uuid, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let wanted = Rendition::of_name(&name).ok_or(Failure::NotFound)?;
    let kept = (&house.state.db, &house.state.files);
    let pass = Some((&house.keys, asked.pass.as_str())).filter(|it| !it.1.is_empty());
    let file = actions::picture_file(&house.ctx, kept, (id, wanted), pass).await?;
    let hash: FileHash = file.hash.parse().map_err(Failure::internal)?;
    let mark = format!(r#""{}""#, file.hash.get(..24).unwrap_or_default());
    let mut response = match has(&headers, &mark) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(house.state.files.read(&hash).await?).into_response(),
    };
    let keep = if file.is_public { "public, no-cache" } else { "private, no-cache" };
    let fixed = [
        (header::CONTENT_TYPE, file.mime),
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let mark = HeaderValue::try_from(mark).map_err(Failure::internal)?;
    response.headers_mut().insert(header::ETAG, mark);
    Ok(response)
}

/// Whether whoever asks has the content with `mark` already.
fn has(asked: &HeaderMap, mark: &str) -> bool {
    asked.get_all(header::IF_NONE_MATCH).iter().any(|it| {
        let marks = it.to_str().unwrap_or_default().split(',').map(str::trim);
        let bare = marks.map(|it| it.strip_prefix("W/").unwrap_or(it));
        bare.into_iter().any(|it| it == mark || it == "*")
    })
}
