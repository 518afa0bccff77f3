//! `/co-quan/{id}`: one agency, its names, and those below it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use super::agencies::{self, Line};
use crate::model::{Agency, Directory, Place, Predecessor};
use crate::{DirectoryHandle, actions};

/// Agencies below, shown on one page.
const AT_ONCE: usize = 60;

/// Which page of the agencies below.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// From 1.
    trang: usize,
}

#[derive(Template)]
#[template(path = "directory/agency.html")]
struct AgencyPage {
    chrome: Chrome,
    agency: Agency,
    steps: Vec<(String, String)>,
    successor: Option<Line>,
    below: Vec<Line>,
    heading: &'static str,
    n_below: usize,
    here: String,
    prev: String,
    next: String,
    place: Option<Place>,
    former: Vec<Predecessor>,
}

/// `GET /co-quan/{id}?trang=`.
pub(super) async fn show(
    Caller(ctx): Caller,
    chrome: Chrome,
    State(db): State<Db>,
    Extension(handle): Extension<DirectoryHandle>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    let id: AgencyId = id.parse().map_err(|_| Failure::NotFound)?;
    let directory = handle.directory();
    let agency = directory.agency(id).ok_or(Failure::NotFound)?;
    let place = agency.place.as_deref().and_then(|code| directory.atlas().place(code)).cloned();
    let former = match &agency.place {
        Some(code) => actions::predecessors_of(&ctx, &db, code).await?,
        None => Vec::new(),
    };
    let all = below(&directory, agency);
    let n_pages = all.len().div_ceil(AT_ONCE).max(1);
    let at = asked.trang.clamp(1, n_pages);
    let link = |n: usize| format!("/co-quan/{id}?trang={n}");
    page(&AgencyPage {
        steps: steps(&directory, agency),
        successor: agency
            .successor
            .and_then(|id| directory.agency(id))
            .map(|it| agencies::line(&directory, it)),
        below: all
            .iter()
            .skip((at - 1) * AT_ONCE)
            .take(AT_ONCE)
            .map(|it| agencies::line(&directory, it))
            .collect(),
        heading: if agency.is_group { "Gồm các cơ quan" } else { "Cơ quan trực thuộc" },
        n_below: all.len(),
        here: format!("Trang {at} trên {n_pages}"),
        prev: if at > 1 { link(at - 1) } else { String::new() },
        next: if at < n_pages { link(at + 1) } else { String::new() },
        place,
        former,
        agency: agency.clone(),
        chrome,
    })
}

/// Those directly below an agency, or the members of a group.
fn below<'a>(directory: &'a Directory, agency: &Agency) -> Vec<&'a Agency> {
    if agency.is_group {
        let members = directory.members_of(agency.id, &AgencyPath::nation());
        return members.into_iter().filter_map(|id| directory.agency(id)).collect();
    }
    directory.children_of(agency.id)
}

/// The way down from the catalogue to `agency`.
fn steps(directory: &Directory, agency: &Agency) -> Vec<(String, String)> {
    let mut steps = Vec::new();
    let mut above = agency.parent;
    while let Some(it) = above.and_then(|id| directory.agency(id)).filter(|_| steps.len() < 8) {
        steps.push((format!("/co-quan/{}", it.id), it.name.clone()));
        above = it.parent;
    }
    steps.push(("/co-quan".to_owned(), "Cơ quan".to_owned()));
    steps.reverse();
    steps
}
