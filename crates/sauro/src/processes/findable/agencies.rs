//! Agencies that are there, under every name. Names are public, and stay so.

use sauro_directory::model::Agency;
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_ui::percent;

use super::{Reading, sentences, within};

/// Codes walked at once.
const AT_ONCE: usize = 500;

pub(super) fn agencies(reading: &Reading<'_>, ids: &[String]) -> Vec<Doc> {
    let found = ids.iter().filter_map(|it| reading.directory.by_code(it)).filter(|it| is_there(it));
    found.map(|it| doc(reading, it)).collect()
}

pub(super) fn agencies_after(reading: &Reading<'_>, after: &str) -> Vec<String> {
    let all = reading.directory.all().iter();
    let mut codes: Vec<&str> = all
        .filter(|it| is_there(it) && it.code.as_str() > after)
        .map(|it| it.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.into_iter().take(AT_ONCE).map(str::to_owned).collect()
}

fn is_there(it: &Agency) -> bool {
    !it.is_group && it.valid_to.is_none()
}

fn doc(reading: &Reading<'_>, it: &Agency) -> Doc {
    let directory = reading.directory;
    let address = match (it.kind.as_str(), &it.place) {
        ("province_pc", Some(place)) => format!("/ket-qua/tinh/{}", percent(place)),
        _ => format!("/ket-qua/co-quan/{}", percent(&it.code)),
    };
    let above = it.parent.and_then(|id| directory.agency(id)).map_or("", |it| it.name.as_str());
    Doc {
        key: DocKey::new(Kind::Agency, &it.code),
        address,
        title: it.name.clone(),
        summary: it.abbr.clone(),
        text: sentences(&[&it.aliases.join(", "), above.trim_start_matches("Ủy ban nhân dân ")]),
        agency: it.code.clone(),
        within: within(directory, it.id),
        field: (String::new(), String::new()),
        at: 0,
    }
}
