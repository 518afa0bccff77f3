//! `/co-quan/tim`: entries for the `<datalist>` of a field that asks for an agency.

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::AgencyPath;
use sauro_ui::{Caller, Chrome, Failure, page};
use serde::Deserialize;

use super::agencies;
use crate::DirectoryHandle;

/// Entries a list offers at most.
const ENTRIES: usize = 12;

/// What was asked. A picker's own field may have another name than `q`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    /// Only agencies at or below this place, such as `vn/44`.
    trong: String,
}

struct Entry {
    value: String,
    label: String,
}

#[derive(Template)]
#[template(path = "directory/entries.html")]
struct Entries {
    entries: Vec<Entry>,
}

/// `GET /co-quan/tim?q=&trong=`: `<option>` elements for a fragment request, else the page `/co-quan`.
pub(super) async fn answer(
    Caller(_ctx): Caller,
    chrome: Chrome,
    Extension(handle): Extension<DirectoryHandle>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let directory = handle.directory();
    let vary = [(header::VARY, "HX-Request")];
    if !headers.contains_key("hx-request") {
        return Ok((vary, agencies::list(chrome, &directory, &asked.q)?).into_response());
    }
    let scope = AgencyPath::parse(&asked.trong).unwrap_or_else(|_| AgencyPath::nation());
    let words = asked.q.chars().take(200).collect::<String>();
    let entries = directory
        .search(&words, &scope, ENTRIES)
        .into_iter()
        .map(|hit| Entry {
            value: format!("{} ({})", hit.agency.name, hit.agency.code),
            label: if hit.note.is_empty() {
                agencies::line(&directory, hit.agency).meta
            } else {
                hit.note
            },
        })
        .collect();
    let html: Html<String> = page(&Entries { entries })?;
    Ok((vary, html).into_response())
}
