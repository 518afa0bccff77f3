//! Provinces and communes: "UBND các tỉnh: A, B và C", "tỉnh ủy", "06 thành phố trực thuộc Trung ương".

use super::{
    Gazetteer,
    units::{Naming, Unit},
};
use crate::{Rule, text::Doc};

const COMMITTEE: [&str; 7] = [
    "ủy ban nhân dân",
    "ubnd",
    "hội đồng nhân dân , ủy ban nhân dân",
    "hđnd , ubnd",
    "hđnd và ubnd",
    "hội đồng nhân dân và ủy ban nhân dân",
    "chính quyền",
];

const BACK: [&str; 7] = ["nêu trên", "trên", "kể trên", "nói trên", "này", "có tên trên", "đã nêu"];

/// What may follow "các": heads of a province list.
fn heads(doc: &Doc, i: usize) -> Option<(usize, bool, bool)> {
    let (mut j, mut end, mut provinces, mut cities) = (i, i, false, false);
    loop {
        if let Some(after) = doc.any(j, &["tỉnh", "địa phương"]) {
            provinces = true;
            end = after;
        } else if let Some(after) = doc.any(j, &["thành phố", "tp ."]) {
            cities = true;
            end = after;
        } else {
            break;
        }
        j = end;
        while matches!(doc.w(j), "," | "và" | "/") {
            j += 1;
        }
        j = doc.any(j, &["các"]).unwrap_or(j);
    }
    (end > i).then_some((end, provinces, cities))
}

/// Provinces, people's committees, communes at `i`.
pub(super) fn at(g: &Gazetteer, doc: &Doc, i: usize, naming: &Naming<'_>) -> Option<Unit> {
    let committee =
        doc.any(i, &COMMITTEE).filter(|_| doc.w(i) != "chính quyền" || !doc.w(i + 2).eq("địa"));
    let j = committee.unwrap_or(i);
    if committee.is_some() {
        let level = [("cấp tỉnh", "*UBNDT"), ("cấp xã", "*UBNDX"), ("các cấp", "*ĐP")];
        if let Some((end, code)) =
            level.iter().find_map(|(words, code)| doc.at(j, words).map(|end| (end, *code)))
        {
            return Some(Unit::one(code.to_owned(), end).because(Rule::CollectiveActor));
        }
    }
    plural(g, doc, j, committee.is_some(), naming)
        .or_else(|| communes(g, doc, j, committee.is_some(), naming))
        .or_else(|| single(g, doc, j, committee.is_some(), naming))
}

fn plural(
    g: &Gazetteer,
    doc: &Doc,
    j: usize,
    committee: bool,
    naming: &Naming<'_>,
) -> Option<Unit> {
    let counted = doc.number(j).filter(|n| *n < 64).map(|n| (j + 1, Some(n)));
    let worded = doc.any(j, &["hai", "ba", "bốn", "năm", "sáu"]).map(|end| (end, None));
    let (after, count) = doc
        .any(j, &["tất cả các", "toàn bộ các", "các", "những"])
        .map(|end| doc.number(end).map_or((end, None), |n| (end + 1, Some(n))))
        .or(counted)
        .or(worded)
        .or_else(|| committee.then_some((j, None)))?;
    let (mut end, has_provinces, has_cities) = heads(doc, after)?;
    if after == j && !(has_provinces && has_cities) {
        return None;
    }
    end = doc
        .any(end, &["trực thuộc trung ương", "thuộc trung ương", "trực thuộc tw"])
        .unwrap_or(end);
    let localities_only = doc.any(after, &["địa phương"]).is_some() && !has_cities;
    let is_city_list = has_cities && !has_provinces;
    let list_at = if doc.w(end) == ":" { end + 1 } else { end };
    if let Some((done, codes, old)) = names(g, doc, list_at) {
        let mut unit = Unit {
            codes: codes.iter().map(|c| format!("UBND-{c}")).collect(),
            ..Unit::one(String::new(), done)
        };
        unit.rules.push(Rule::ElidedList);
        if old {
            unit.rules.push(Rule::OldName);
        }
        unit.provinces = codes;
        return Some(unit);
    }
    if let Some(done) = doc.any(end, &BACK).filter(|_| naming.listed.len() > 1) {
        let mut unit = Unit {
            codes: naming.listed.iter().map(|c| format!("UBND-{c}")).collect(),
            ..Unit::one(String::new(), done)
        };
        unit.provinces = naming.listed.to_vec();
        return Some(unit.because(Rule::BackReference));
    }
    let all_cities = is_city_list
        && (count == Some(g.cities.len() as u32)
            || (count.is_none() && doc.any(after, &["thành phố trực thuộc trung ương"]).is_some()));
    if all_cities {
        let mut unit = Unit {
            codes: g.cities.iter().map(|c| format!("UBND-{c}")).collect(),
            ..Unit::one(String::new(), end)
        };
        unit.provinces = g.cities.clone();
        return Some(unit.because(Rule::CollectiveActor));
    }
    if (localities_only || count.is_some()) && !committee {
        return None;
    }
    Some(Unit::one("*UBNDT".to_owned(), end).because(Rule::CollectiveActor))
}

/// A list of province names, each possibly with its own "tỉnh" or "thành phố".
fn names(g: &Gazetteer, doc: &Doc, i: usize) -> Option<(usize, Vec<String>, bool)> {
    let (mut codes, mut end, mut j, mut old) = (Vec::new(), i, i, false);
    loop {
        let k = doc.any(j, &["tỉnh", "thành phố", "tp .", "tp"]).unwrap_or(j);
        let Some((after, target)) = g.province_at(doc, k) else { break };
        old |= target.abolished;
        if !codes.contains(&target.code) {
            codes.push(target.code.clone());
        }
        end = after;
        j = end;
        while matches!(doc.w(j), "," | "và" | "-" | "&" | ";") {
            j += 1;
        }
        if j == end {
            break;
        }
    }
    (!codes.is_empty()).then_some((end, codes, old))
}

fn communes(
    g: &Gazetteer,
    doc: &Doc,
    j: usize,
    committee: bool,
    naming: &Naming<'_>,
) -> Option<Unit> {
    const KINDS: [&str; 4] = ["xã", "phường", "đặc khu", "cấp xã"];
    let plural = doc.any(j, &["các"]);
    let mut k = plural.unwrap_or(j);
    let first = doc.any(k, &KINDS)?;
    let mut end = first;
    let mut kinds = 1;
    k = first;
    loop {
        while matches!(doc.w(k), "," | "và" | "/") {
            k += 1;
        }
        k = doc.any(k, &["các"]).unwrap_or(k);
        let Some(after) = doc.any(k, &KINDS) else { break };
        kinds += 1;
        end = after;
        k = end;
    }
    let list_at = if doc.w(end) == ":" { end + 1 } else { end };
    if let Some((mut done, code)) = g.commune_at(doc, list_at, naming.province) {
        let mut codes = vec![code];
        loop {
            let mut next = done;
            while matches!(doc.w(next), "," | "và") {
                next += 1;
            }
            next = doc.any(next, &KINDS).unwrap_or(next);
            let Some((after, code)) = g
                .commune_at(doc, next, naming.province)
                .filter(|_| next > done && plural.is_some())
            else {
                break;
            };
            done = after;
            codes.push(code);
        }
        return Some(Unit { codes, ..Unit::one(String::new(), done) }.because(Rule::ElidedList));
    }
    (plural.is_some() || kinds > 1 || committee && doc.w(j) == "cấp")
        .then(|| Unit::one("*UBNDX".to_owned(), end).because(Rule::CollectiveActor))
}

fn single(
    g: &Gazetteer,
    doc: &Doc,
    j: usize,
    committee: bool,
    naming: &Naming<'_>,
) -> Option<Unit> {
    let kind = doc.any(j, &["tỉnh", "thành phố", "tp .", "tp", "thủ đô"]);
    let k = kind.unwrap_or(j);
    if (committee || kind.is_some() || naming.bare)
        && let Some((end, target)) = g.province_at(doc, k)
    {
        let mut unit = Unit::one(format!("UBND-{}", target.code), end);
        unit.provinces = vec![target.code.clone()];
        if target.abolished {
            unit.rules.push(Rule::OldName);
        }
        return Some(unit);
    }
    let province = naming.province?;
    let means_ours =
        (committee && kind.is_some()) || (kind.is_some() && doc.upper(j) && naming.bare);
    means_ours.then(|| {
        Unit::one(format!("UBND-{province}"), kind.unwrap_or(j)).because(Rule::ProvinceFromContext)
    })
}

/// Party committees of provinces.
pub(super) fn party_at(
    g: &Gazetteer,
    doc: &Doc,
    i: usize,
    titled: bool,
    naming: &Naming<'_>,
) -> Option<Unit> {
    let j = doc.any(i, &["ban thường vụ", "ban chấp hành đảng bộ"]).unwrap_or(i);
    let plural = doc.any(j, &["các"]);
    let mut end = doc.any(plural.unwrap_or(j), &["tỉnh ủy", "thành ủy"])?;
    let mut both = false;
    loop {
        let mut next = end;
        while matches!(doc.w(next), "," | "và" | "/") {
            next += 1;
        }
        let Some(after) = doc.any(
            next,
            &[
                "tỉnh ủy",
                "thành ủy",
                "các tỉnh ủy",
                "các thành ủy",
                "đảng ủy trực thuộc trung ương",
                "các đảng ủy trực thuộc trung ương",
            ],
        ) else {
            break;
        };
        both = true;
        end = after;
    }
    end = doc.any(end, &["trực thuộc trung ương"]).unwrap_or(end);
    let list_at = if doc.w(end) == ":" { end + 1 } else { end };
    if let Some((done, codes, old)) = names(g, doc, list_at) {
        let many = plural.is_some() || both || list_at > end;
        let kept: Vec<String> = if many { codes } else { codes.into_iter().take(1).collect() };
        let done = if many { done } else { g.province_at(doc, list_at).map_or(done, |(e, _)| e) };
        let mut unit = Unit {
            codes: kept.iter().map(|c| format!("TU-{c}")).collect(),
            ..Unit::one(String::new(), done)
        };
        if old {
            unit.rules.push(Rule::OldName);
        }
        unit.provinces = kept;
        return Some(unit);
    }
    if !both
        && plural.is_none()
        && let Some(province) = naming.province
    {
        return Some(Unit::one(format!("TU-{province}"), end).because(Rule::ProvinceFromContext));
    }
    (both || plural.is_some() || titled || doc.upper(i)).then(|| {
        Unit { generic_party: true, ..Unit::one("*TU".to_owned(), end) }
            .because(Rule::CollectiveActor)
    })
}
