//! From catalogue files to agencies with their places in the tree.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};

use super::place::since;
use super::{Agency, Atlas, Level, Row, Sheet};
use crate::Fault;

/// An agency and its line in the file it came from.
pub type Listed = (u64, Agency);

/// Central bodies that oversee the whole nation.
const NATIONAL: &[&str] = &[
    "BCHTW", "BCT_TW", "BBT", "VPTW", "UBKTTW", "BCĐTW57", "TTBCĐ57", "TGV57", "BCĐCP57", "CP",
    "TTg", "PTTg", "VPCP",
];

/// Kinds that a file of central bodies may name.
const CENTRAL_KINDS: &[&str] = &[
    "enterprise",
    "front",
    "gov_agency",
    "group",
    "mass_org",
    "ministry",
    "ministry_level",
    "official",
    "party",
    "party_committee",
    "party_organ",
    "state",
    "steering",
    "unit",
];

/// Kinds that a file of bodies of provinces may name.
const PROVINCIAL_KINDS: &[&str] =
    &["province_party", "province_pc", "mass_org", "front", "unit", "state", "enterprise"];

/// The agencies of a file of central bodies, bodies of provinces, or abolished bodies; the headings
/// tell which.
///
/// # Errors
///
/// Every fault of the file.
pub fn agencies(text: &str) -> Result<Vec<Listed>, Vec<Fault>> {
    let heading = text.lines().next().unwrap_or_default();
    if heading.contains("successor_code") {
        abolished(text)
    } else if heading.contains("province_code") {
        provincial(text)
    } else {
        central(text)
    }
}

/// Central bodies and collective addressees: columns code, abbr, name, aliases, kind.
fn central(text: &str) -> Result<Vec<Listed>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "abbr", "name", "aliases", "kind"])?;
    let nation = AgencyPath::nation();
    read(&sheet, |row, faults| {
        let code = code(row, faults);
        let path = nation.child(&code);
        let scope = if NATIONAL.contains(&code.as_str()) { nation.clone() } else { path.clone() };
        let is_group = code.starts_with('*');
        let kind = kind(row, CENTRAL_KINDS, faults);
        if !kind.is_empty() && is_group != (kind == "group") {
            let words =
                "mã của nhóm bắt đầu bằng dấu * và loại là group; hai điều phải đi cùng nhau.";
            faults.push(row.fault("code", words));
        }
        Agency {
            abbr: row.optional("abbr"),
            aliases: row.names("aliases", faults),
            kind,
            is_group,
            scope,
            valid_from: long_ago(),
            ..agency(&code, row.needed("name", faults), Level::Centre, path)
        }
    })
}

/// Bodies of provinces: columns code, province_code, name, aliases, kind. A party committee oversees
/// its province; the people's committee stands below it and above departments and communes.
fn provincial(text: &str) -> Result<Vec<Listed>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "province_code", "name", "aliases", "kind"])?;
    read(&sheet, |row, faults| {
        let code = code(row, faults);
        let place = row.needed("province_code", faults);
        let province = AgencyPath::nation().child(&place);
        let kind = kind(row, PROVINCIAL_KINDS, faults);
        let party = format!("TU-{place}");
        let (path, parent, wanted) = match kind.as_str() {
            "province_party" => (province, None, Some(party)),
            "province_pc" => (province.child("ubnd"), Some(party), Some(format!("UBND-{place}"))),
            _ => (province.child(&code), Some(party), None),
        };
        if let Some(wanted) = wanted.filter(|it| *it != code) {
            faults.push(row.fault("code", &format!("mã của cơ quan này phải là {wanted}.")));
        }
        Agency {
            aliases: row.names("aliases", faults),
            place: matches!(kind.as_str(), "province_party" | "province_pc").then_some(place),
            kind,
            parent: parent.as_deref().map(AgencyId::of_code),
            ..agency(&code, row.needed("name", faults), Level::Province, path)
        }
    })
}

/// Abolished bodies: columns code, name, aliases, successor_code, until.
fn abolished(text: &str) -> Result<Vec<Listed>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "name", "aliases", "successor_code", "until"])?;
    read(&sheet, |row, faults| {
        let code = code(row, faults);
        let path = AgencyPath::nation().child(&code);
        Agency {
            aliases: row.names("aliases", faults),
            kind: "abolished".to_owned(),
            valid_from: long_ago(),
            valid_to: Some(row.day("until", faults)),
            successor: Some(AgencyId::of_code(&row.needed("successor_code", faults))),
            ..agency(&code, row.needed("name", faults), Level::Centre, path)
        }
    })
}

/// The usual departments (columns code, name, aliases) of every province in `atlas`.
///
/// # Errors
///
/// Every fault of the file.
pub fn departments(text: &str, atlas: &Atlas, today: NaiveDate) -> Result<Vec<Agency>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "name", "aliases"])?;
    let mut faults = Vec::new();
    let mut agencies = Vec::new();
    for province in atlas.provinces() {
        let Some(name) = province.name_on(today) else { continue };
        let above = AgencyPath::nation().child(&province.code).child("ubnd");
        for row in sheet.rows() {
            let (short, title) = (row.text("code"), row.text("name"));
            let aliases = row.names("aliases", &mut faults);
            agencies.push(Agency {
                aliases: aliases.iter().map(|it| format!("{it} {}", name.full())).collect(),
                kind: "department".to_owned(),
                parent: Some(AgencyId::of_code(&format!("UBND-{}", province.code))),
                ..agency(
                    &format!("{short}@{}", province.code),
                    format!("{title} {}", name.full()),
                    Level::Province,
                    above.child(short),
                )
            });
        }
    }
    if faults.is_empty() { Ok(agencies) } else { Err(faults) }
}

/// One people's committee for each commune in `atlas`, named as it is `today`.
pub fn communes(atlas: &Atlas, today: NaiveDate) -> Vec<Agency> {
    let mut agencies = Vec::new();
    for commune in atlas.places().filter(|it| it.level == Level::Commune) {
        let Some(parent) = commune.parent.as_deref() else { continue };
        let Some(name) = commune.name_on(today) else { continue };
        agencies.push(Agency {
            kind: "commune_pc".to_owned(),
            place: Some(commune.code.clone()),
            parent: Some(AgencyId::of_code(&format!("UBND-{parent}"))),
            ..agency(
                &format!("UBND-{}", commune.code),
                format!("Ủy ban nhân dân {}", name.full()),
                Level::Commune,
                AgencyPath::nation().child(parent).child("ubnd").child(&commune.code),
            )
        });
    }
    agencies
}

fn read(
    sheet: &Sheet,
    agency: impl Fn(&Row<'_>, &mut Vec<Fault>) -> Agency,
) -> Result<Vec<Listed>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut paths: HashMap<String, u64> = HashMap::new();
    let mut listed = Vec::new();
    for row in sheet.rows() {
        let it = agency(&row, &mut faults);
        if it.code.is_empty() {
            continue;
        }
        if let Some(line) = seen.insert(it.code.clone(), row.line) {
            faults.push(row.fault("code", &format!("mã đã có ở dòng {line}; mỗi mã một dòng.")));
        } else if let Some(line) = paths.insert(it.path.to_string(), row.line) {
            faults.push(row.fault("code", &format!("mã chỉ khác mã ở dòng {line} ở dấu; đổi mã.")));
        }
        listed.push((row.line, it));
    }
    if faults.is_empty() { Ok(listed) } else { Err(faults) }
}

fn code(row: &Row<'_>, faults: &mut Vec<Fault>) -> String {
    let code = row.needed("code", faults);
    let is_code = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '*' | '@');
    if code.chars().count() > 40 || !code.chars().all(is_code) {
        let words = format!(
            "“{code}” không phải mã: chỉ dùng chữ, số, gạch nối, gạch dưới, nhiều nhất 40 ký tự."
        );
        faults.push(row.fault("code", &words));
    }
    code
}

fn kind(row: &Row<'_>, known: &[&str], faults: &mut Vec<Fault>) -> String {
    let kind = row.needed("kind", faults);
    if !kind.is_empty() && !known.contains(&kind.as_str()) {
        faults.push(row.fault("kind", &format!("chỉ nhận {}.", known.join(", "))));
    }
    kind
}

/// First day of bodies whose founding no file tells.
fn long_ago() -> NaiveDate {
    NaiveDate::from_ymd_opt(1945, 9, 2).unwrap_or_default()
}

fn agency(code: &str, name: String, level: Level, path: AgencyPath) -> Agency {
    Agency {
        id: AgencyId::of_code(code),
        code: code.to_owned(),
        abbr: String::new(),
        name,
        aliases: Vec::new(),
        kind: String::new(),
        level,
        place: None,
        parent: None,
        scope: path.clone(),
        path,
        is_group: false,
        valid_from: since(),
        valid_to: None,
        successor: None,
    }
}
