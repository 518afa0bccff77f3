//! Every name an agency may be looked for by, in plain letters.

use super::index::{plain, plains};
use super::{Agency, Atlas, Place, PlaceName};

/// Its names, and those that follow from the names of its place, past and present ones.
///
/// Four thousand agencies have fifty thousand such names, so they are put together from parts in
/// plain letters.
pub(super) fn spellings(agency: &Agency, atlas: &Atlas) -> Vec<String> {
    let mut all = vec![plain(&agency.code)];
    all.extend(agency.aliases.iter().flat_map(|it| plains(it)));
    if !agency.abbr.is_empty() && agency.abbr != agency.code {
        all.push(plain(&agency.abbr));
    }
    let place = agency.place_code().and_then(|code| atlas.place(code));
    match (agency.kind.as_str(), place) {
        ("commune_pc", Some(place)) => all.extend(of_commune(place, atlas)),
        ("province_pc", Some(place)) => {
            for name in place.names.iter().flat_map(full) {
                all.push(format!("ubnd {name}"));
                all.push(format!("uy ban nhan dan {name}"));
                all.push(format!("chu tich ubnd {name}"));
                all.push(name);
            }
        }
        ("department", Some(place)) => {
            let title = plain(agency.title(atlas));
            for name in &place.names {
                all.extend(full(name).iter().map(|it| format!("{title} {it}")));
                all.push(format!("{title} {}", plain(&name.name)));
            }
        }
        (_, Some(place)) => {
            all.extend(place.names.iter().flat_map(|it| plains(&agency.named_after(it, atlas))));
        }
        (_, None) => all.extend(plains(&agency.name)),
    }
    all
}

/// The names of its place without their kind.
pub(super) fn bare_names(agency: &Agency, atlas: &Atlas) -> Vec<String> {
    let place = agency.place_code().and_then(|code| atlas.place(code));
    let names = place.map(|it| it.names.as_slice()).unwrap_or_default();
    names.iter().flat_map(|it| plains(&it.name)).collect()
}

fn of_commune(place: &Place, atlas: &Atlas) -> Vec<String> {
    let above = place.parent.as_deref().and_then(|code| atlas.place(code));
    let mut fronts = Vec::new();
    for province in above.map(|it| it.names.as_slice()).unwrap_or_default() {
        fronts.extend(full(province));
        fronts.push(plain(&province.name));
    }
    let mut all = Vec::new();
    for name in place.names.iter().flat_map(full) {
        for province in &fronts {
            all.push(format!("{name} {province}"));
            all.push(format!("ubnd {name} {province}"));
        }
        all.push(format!("ubnd {name}"));
        all.push(format!("uy ban nhan dan {name}"));
        all.push(name);
    }
    all
}

fn full(name: &PlaceName) -> Vec<String> {
    let kind = match name.kind.as_str() {
        "xã" => "xa",
        "phường" => "phuong",
        "tỉnh" => "tinh",
        "thành phố" => "thanh pho",
        _ => "dac khu",
    };
    plains(&name.name).iter().map(|it| format!("{kind} {it}")).collect()
}
