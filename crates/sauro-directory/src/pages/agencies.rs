//! `/co-quan`: the catalogue, to search and to walk through.

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::response::Html;
use sauro_kernel::AgencyPath;
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use crate::DirectoryHandle;
use crate::model::{Agency, Directory, Hit, Level};

/// Hits shown at most.
const HITS: usize = 50;

/// What was asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Words searched for.
    pub(super) q: String,
}

/// An agency in a list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) meta: String,
    pub(super) note: String,
}

#[derive(Template)]
#[template(path = "directory/agencies.html")]
struct AgenciesPage {
    chrome: Chrome,
    words: String,
    hits: Vec<Line>,
    is_cut: bool,
    centre: Vec<Line>,
    provinces: Vec<Line>,
    groups: Vec<Line>,
    n_communes: usize,
}

/// `GET /co-quan?q=`.
pub(super) async fn show(
    Caller(_ctx): Caller,
    chrome: Chrome,
    Extension(handle): Extension<DirectoryHandle>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    list(chrome, &handle.directory(), &asked.q)
}

/// The catalogue, searched for `words` if there are any.
pub(super) fn list(
    chrome: Chrome,
    directory: &Directory,
    words: &str,
) -> Result<Html<String>, Failure> {
    let words = words.trim().chars().take(200).collect::<String>();
    let found = directory.search(&words, &AgencyPath::nation(), HITS + 1);
    let hits: Vec<Line> = found.iter().take(HITS).map(|hit| hit_line(directory, hit)).collect();
    let is_open = words.is_empty();
    let pick = |wanted: fn(&Agency) -> bool| -> Vec<Line> {
        let all = directory.all().iter().filter(|it| is_open && it.valid_to.is_none());
        all.filter(|it| wanted(it)).map(|it| line(directory, it)).collect()
    };
    page(&AgenciesPage {
        chrome,
        is_cut: found.len() > HITS,
        hits,
        centre: pick(|it| it.level == Level::Centre && !it.is_group),
        provinces: pick(|it| it.kind == "province_pc"),
        groups: pick(|it| it.is_group),
        n_communes: directory.all().iter().filter(|it| it.level == Level::Commune).count(),
        words,
    })
}

/// `agency` as a line of a list.
pub(super) fn line(directory: &Directory, agency: &Agency) -> Line {
    let above = agency.parent.and_then(|id| directory.agency(id));
    let mut meta = vec![agency.code.clone(), agency.level.label().to_owned()];
    if let Some(above) = above.filter(|_| agency.level != Level::Centre) {
        meta.push(above.name.clone());
    }
    if let Some(last) = agency.valid_to {
        meta.push(format!("kết thúc {}", last.format("%d/%m/%Y")));
    }
    if agency.is_group {
        meta.truncate(1);
        let n = directory.members_of(agency.id, &AgencyPath::nation()).len();
        meta.push(if n == 0 {
            "không rõ gồm những cơ quan nào".to_owned()
        } else {
            format!("{} cơ quan", sauro_ui::words::number(n))
        });
    }
    Line {
        href: format!("/co-quan/{}", agency.id),
        name: agency.name.clone(),
        meta: meta.join(" · "),
        note: String::new(),
    }
}

fn hit_line(directory: &Directory, hit: &Hit<'_>) -> Line {
    Line { note: hit.note.clone(), ..line(directory, hit.agency) }
}
