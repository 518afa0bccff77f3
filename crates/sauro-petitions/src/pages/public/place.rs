use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AgencyId, AgencyPath};

/// Places offered when what was typed means several.
const MOST: usize = 8;

/// What was typed as the place.
pub(in crate::pages) enum Place {
    /// Nothing.
    None,
    /// One place: the agency that governs it.
    One(AgencyId),
    /// Several could be meant: codes and names to choose from.
    Several(Vec<(String, String)>),
    /// Nothing of that name.
    Unknown,
}

/// The place that `words` mean: a code, "xã Năm Căn", "Năm Căn, Cà Mau", a name before the units were merged.
pub(in crate::pages) fn place_of(directory: &Directory, words: &str) -> Place {
    let words = words.trim();
    if words.is_empty() {
        return Place::None;
    }
    let governs = |it: &Agency| it.place.is_some() && !it.is_group;
    if let Some(hit) = directory.resolve(words).filter(|it| governs(it.agency)) {
        return Place::One(hit.agency.id);
    }
    let spoken = words.replace(',', " ");
    let mut found: Vec<&Agency> = Vec::new();
    for asked in [words, &spoken] {
        let hits = directory.search(asked, &AgencyPath::nation(), MOST * 4);
        found.extend(hits.iter().map(|it| it.agency).filter(|it| governs(it)));
        if !found.is_empty() {
            break;
        }
    }
    if found.is_empty() {
        found = within(directory, words);
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|it| seen.insert(it.id));
    // "Năm Căn" is not "Nậm Cắn" to whoever writes the marks.
    let exact = spoken.to_lowercase();
    let is_exact = |it: &&Agency| it.name.to_lowercase().contains(exact.trim());
    if found.iter().any(is_exact) {
        found.retain(is_exact);
    }
    found.truncate(MOST);
    match found.as_slice() {
        [] => Place::Unknown,
        [one] => Place::One(one.id),
        all => {
            Place::Several(all.iter().map(|it| (it.code.clone(), name_of(directory, it))).collect())
        }
    }
}

/// "Năm Căn, Cà Mau": the first part within the second.
fn within<'a>(directory: &'a Directory, words: &str) -> Vec<&'a Agency> {
    let Some((inner, outer)) = words.split_once(',') else { return Vec::new() };
    let outer = directory.search(outer.trim(), &AgencyPath::nation(), MOST);
    let Some(outer) = outer.iter().find(|it| it.agency.place.is_some()) else { return Vec::new() };
    let hits = directory.search(inner.trim(), &outer.agency.path, MOST);
    hits.iter().map(|it| it.agency).filter(|it| it.place.is_some()).collect()
}

/// The name of a place with the place above it.
pub(super) fn name_of(directory: &Directory, agency: &Agency) -> String {
    let bare = |name: &str| name.trim_start_matches("Ủy ban nhân dân ").to_owned();
    // The committee above a province governs the same place.
    let is_above = |it: &&Agency| it.place.is_some() && it.place != agency.place;
    let above = agency.parent.and_then(|id| directory.agency(id)).filter(is_above);
    match above {
        Some(above) => format!("{}, {}", bare(&agency.name), bare(&above.name)),
        None => bare(&agency.name),
    }
}
