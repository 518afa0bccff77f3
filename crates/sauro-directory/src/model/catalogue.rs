//! From catalogue files to agencies with their places in the tree.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};

use super::place::since;
use super::{Agency, Level, Place, Sheet};
use crate::Fault;

/// Central bodies that oversee the whole nation.
const NATIONAL: &[&str] = &[
    "BCHTW", "BCT_TW", "BBT", "VPTW", "UBKTTW", "BCĐTW57", "TTBCĐ57", "TGV57", "BCĐCP57", "CP",
    "TTg", "PTTg", "VPCP",
];

/// Central bodies and collective addressees: columns code, abbr, name, aliases, kind.
///
/// # Errors
///
/// Every fault of the file.
pub fn central(text: &str) -> Result<Vec<Agency>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "abbr", "name", "aliases", "kind"])?;
    let mut faults = Vec::new();
    let nation = AgencyPath::nation();
    let mut agencies = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults);
        let path = nation.child(&code);
        let scope = if NATIONAL.contains(&code.as_str()) { nation.clone() } else { path.clone() };
        agencies.push(Agency {
            abbr: row.text("abbr").to_owned(),
            aliases: row.names("aliases"),
            kind: row.needed("kind", &mut faults),
            is_group: code.starts_with('*'),
            scope,
            ..agency(&code, row.needed("name", &mut faults), Level::Centre, path)
        });
    }
    faults_or(agencies, faults)
}

/// Bodies of provinces: columns code, province_code, name, aliases, kind. A party committee oversees
/// its province; the people's committee stands below it and above departments and communes.
///
/// # Errors
///
/// Every fault of the file.
pub fn provincial(text: &str) -> Result<Vec<Agency>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "province_code", "name", "aliases", "kind"])?;
    let mut faults = Vec::new();
    let mut agencies = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults);
        let place = row.needed("province_code", &mut faults);
        let province = AgencyPath::nation().child(&place);
        let kind = row.needed("kind", &mut faults);
        let (path, parent) = match kind.as_str() {
            "province_party" => (province, None),
            "province_pc" => (province.child("ubnd"), Some(format!("TU-{place}"))),
            _ => (province.child(&code), Some(format!("TU-{place}"))),
        };
        agencies.push(Agency {
            aliases: row.names("aliases"),
            kind,
            place: Some(place),
            parent: parent.as_deref().map(AgencyId::of_code),
            ..agency(&code, row.needed("name", &mut faults), Level::Province, path)
        });
    }
    faults_or(agencies, faults)
}

/// The usual departments (columns code, name, aliases) of every province in `places`.
///
/// # Errors
///
/// Every fault of the file.
pub fn departments(text: &str, places: &[Place]) -> Result<Vec<Agency>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "name", "aliases"])?;
    let mut agencies = Vec::new();
    for province in places.iter().filter(|it| it.level == Level::Province) {
        let Some(name) = province.names.last() else { continue };
        let parent = format!("UBND-{}", province.code);
        let above = AgencyPath::nation().child(&province.code).child("ubnd");
        for row in sheet.rows() {
            let (short, title) = (row.text("code"), row.text("name"));
            let with = |title: &str| {
                [format!("{title} {}", name.full()), format!("{title} {}", name.name)]
            };
            let mut aliases: Vec<String> = with(title).to_vec();
            aliases.extend(row.names("aliases").iter().flat_map(|it| with(it)));
            agencies.push(Agency {
                aliases,
                kind: "department".to_owned(),
                parent: Some(AgencyId::of_code(&parent)),
                ..agency(
                    &format!("{short}@{}", province.code),
                    format!("{title} {}", name.full()),
                    Level::Province,
                    above.child(short),
                )
            });
        }
    }
    Ok(agencies)
}

/// One people's committee for each commune in `places`.
pub fn communes(places: &[Place]) -> Vec<Agency> {
    let provinces: HashMap<&str, &Place> = places.iter().map(|it| (it.code.as_str(), it)).collect();
    let mut agencies = Vec::new();
    for commune in places.iter().filter(|it| it.level == Level::Commune) {
        let Some(parent) = commune.parent.as_deref() else { continue };
        let Some(name) = commune.names.last() else { continue };
        let province =
            provinces.get(parent).and_then(|it| it.names.last()).map_or("", |it| it.name.as_str());
        let mut aliases = vec![
            format!("UBND {}", name.full()),
            format!("{}, {province}", name.full()),
            format!("UBND {} {province}", name.full()),
        ];
        for former in commune.names.iter().rev().skip(1) {
            aliases.push(former.full());
        }
        agencies.push(Agency {
            aliases,
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

/// Abolished bodies: columns code, name, aliases, successor_code, until.
///
/// # Errors
///
/// Every fault of the file.
pub fn abolished(text: &str) -> Result<Vec<Agency>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["code", "name", "aliases", "successor_code", "until"])?;
    let mut faults = Vec::new();
    let mut agencies = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults);
        let path = AgencyPath::nation().child(&code);
        agencies.push(Agency {
            aliases: row.names("aliases"),
            kind: "abolished".to_owned(),
            valid_from: NaiveDate::from_ymd_opt(1945, 9, 2).unwrap_or_default(),
            valid_to: Some(row.day("until", &mut faults)),
            successor: Some(AgencyId::of_code(&row.needed("successor_code", &mut faults))),
            ..agency(&code, row.needed("name", &mut faults), Level::Centre, path)
        });
    }
    faults_or(agencies, faults)
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

fn faults_or(agencies: Vec<Agency>, faults: Vec<Fault>) -> Result<Vec<Agency>, Vec<Fault>> {
    if faults.is_empty() { Ok(agencies) } else { Err(faults) }
}
