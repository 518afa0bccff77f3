//! `/api/v1/tim-kiem`: the same search for programs.

use axum::Json;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure};
use serde_json::{Value, json};

use super::address::Wanted;
use super::premises::Premises;
use super::search::day;
use crate::model::{Kind, MOST_PAGES, PER_PAGE, Piece};
use crate::{Hit, SearchError};

/// `GET /api/v1/tim-kiem?q=…`, with the same names as the page.
pub(super) async fn show(
    premises: Premises,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let asked = wanted.asked();
    let found = match premises.find(&asked).await {
        Ok(found) => found,
        Err(SearchError::TooOften) => {
            let body =
                json!({ "error": "Quá nhiều lượt tìm từ nơi này. Chờ một phút rồi gọi lại." });
            let wait = [(header::RETRY_AFTER, "60")];
            return Ok((StatusCode::TOO_MANY_REQUESTS, wait, Json(body)).into_response());
        }
        Err(err) => return Err(err.into()),
    };
    let kinds: serde_json::Map<String, Value> = Kind::ALL
        .into_iter()
        .zip(&found.kinds)
        .filter(|it| *it.1 > 0)
        .map(|(kind, n)| (kind.code().to_owned(), json!(n)))
        .collect();
    let n_pages = found.n_all().div_ceil(PER_PAGE).clamp(1, MOST_PAGES);
    let hits: Vec<Value> =
        found.hits.iter().map(|it| hit(&premises, chrome.public_url(), it)).collect();
    let body = json!({
        "q": asked.typed,
        "total": found.n,
        "total_near": found.n_loose,
        "page": asked.page + 1,
        "pages": n_pages,
        "kinds": kinds,
        "is_whole": premises.searching.index.place().is_whole,
        "hits": hits,
    });
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(body)).into_response())
}

fn hit(premises: &Premises, site: &str, it: &Hit) -> Value {
    let text = |pieces: &[Piece]| pieces.iter().map(|it| it.text.as_str()).collect::<String>();
    let agency = (!it.agency.is_empty())
        .then(|| json!({ "code": it.agency, "name": premises.name(&it.agency) }));
    let field = (!it.field.0.is_empty()).then(|| json!({ "code": it.field.0, "name": it.field.1 }));
    json!({
        "kind": it.key.kind.code(),
        "id": it.key.id,
        "url": format!("{site}{}", it.address),
        "title": text(&it.title),
        "summary": it.summary,
        "passage": text(&it.passage),
        "agency": agency,
        "field": field,
        "date": day(it.at).map(|it| it.to_string()),
    })
}
