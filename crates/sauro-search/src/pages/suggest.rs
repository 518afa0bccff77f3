//! `/tim-kiem/goi-y`: what may be meant while somebody types, for the script of the search field.

use axum::Json;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

use super::premises::Premises;
use crate::{SearchError, actions};

/// What is being typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begun {
    q: String,
}

/// `GET /tim-kiem/goi-y?q=…`. While the index does not answer there are no suggestions, and that is all.
pub(super) async fn show(
    premises: Premises,
    Query(begun): Query<Begun>,
) -> Result<Response, Failure> {
    let ctx = &premises.anybody;
    let found = actions::suggest(ctx, &premises.searching, &begun.q, &premises.source).await;
    let found = match found {
        Ok(found) => found,
        Err(SearchError::TooOften) => {
            return Ok((StatusCode::TOO_MANY_REQUESTS, Json(json!([]))).into_response());
        }
        Err(SearchError::Index(_)) => Vec::new(),
        Err(err) => return Err(err.into()),
    };
    let line = |it: &actions::Suggestion| -> Value {
        json!({ "kind": it.kind.label(), "title": it.title, "address": it.address })
    };
    let lines: Vec<Value> = found.iter().map(line).collect();
    Ok(([(header::CACHE_CONTROL, "private, max-age=10")], Json(lines)).into_response())
}
