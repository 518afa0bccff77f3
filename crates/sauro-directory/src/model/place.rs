use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::{Level, Sheet};
use crate::Fault;

/// A place (đơn vị hành chính) with all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Official code.
    pub code: String,
    /// Code of its province; none of a province.
    pub parent: Option<String>,
    /// Province or commune.
    pub level: Level,
    /// What it was called, oldest first; they do not overlap.
    pub names: Vec<PlaceName>,
}

/// What a place was called during a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none of the present name.
    pub valid_to: Option<NaiveDate>,
    /// tỉnh, thành phố, xã, phường, đặc khu.
    pub kind: String,
    /// The name without its kind.
    pub name: String,
    /// The document it rests on.
    pub basis: String,
}

/// A former place that went into a present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// Code of the present place.
    pub new_code: String,
    /// Province or commune.
    pub level: Level,
    /// Code of the former place.
    pub old_code: String,
    /// Its full name.
    pub old_name: String,
    /// Former district and province, or empty.
    pub context: String,
    /// whole, part …
    pub how: String,
}

/// The day the present map came into force.
const SINCE: (i32, u32, u32) = (2025, 7, 1);

pub(super) fn since() -> NaiveDate {
    NaiveDate::from_ymd_opt(SINCE.0, SINCE.1, SINCE.2).unwrap_or_default()
}

impl Place {
    /// The name on `day`; before the first one, the first.
    pub fn name_on(&self, day: NaiveDate) -> Option<&PlaceName> {
        self.names.iter().rev().find(|it| it.valid_from <= day).or(self.names.first())
    }
}

impl PlaceName {
    /// Kind and name, such as "xã Năm Căn".
    pub fn full(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// The places of a units file (code, parent_code, level, type, name), with the later changes of a
/// changes file (code, effective_date, field, old, new, legal_basis) if one is given.
///
/// # Errors
///
/// Every fault of both files.
pub fn places(units: &str, changes: Option<&str>) -> Result<Vec<Place>, Vec<Fault>> {
    let sheet = Sheet::read(units, &["code", "parent_code", "level", "type", "name"])?;
    let mut faults = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut places: Vec<Place> = Vec::new();
    for row in sheet.rows() {
        let code = row.needed("code", &mut faults);
        let level = match row.text("level") {
            "1" => Level::Province,
            "2" => Level::Commune,
            _ => {
                faults.push(row.fault("level", "chỉ nhận 1 (tỉnh) hoặc 2 (xã)."));
                continue;
            }
        };
        let parent = Some(row.text("parent_code").to_owned()).filter(|it| !it.is_empty());
        if level == Level::Commune && !parent.as_ref().is_some_and(|it| seen.contains_key(it)) {
            faults.push(row.fault("parent_code", "không có tỉnh mang mã này ở các dòng trên."));
        }
        if seen.insert(code.clone(), places.len()).is_some() {
            faults.push(row.fault("code", "mã đã có ở dòng trên; mỗi mã một dòng."));
        }
        let name = PlaceName {
            valid_from: since(),
            valid_to: None,
            kind: row.needed("type", &mut faults),
            name: row.needed("name", &mut faults),
            basis: String::new(),
        };
        places.push(Place { code, parent, level, names: vec![name] });
    }
    if let Some(text) = changes {
        change(text, &seen, &mut places, &mut faults)?;
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

fn change(
    text: &str,
    seen: &HashMap<String, usize>,
    places: &mut [Place],
    faults: &mut Vec<Fault>,
) -> Result<(), Vec<Fault>> {
    let sheet =
        Sheet::read(text, &["code", "effective_date", "field", "old", "new", "legal_basis"])?;
    for row in sheet.rows() {
        let from = row.day("effective_date", faults);
        let Some(place) = seen.get(row.text("code")).and_then(|n| places.get_mut(*n)) else {
            faults.push(row.fault("code", "không có đơn vị mang mã này."));
            continue;
        };
        let Some(last) = place.names.last_mut() else { continue };
        let mut next = PlaceName {
            valid_from: from,
            basis: row.text("legal_basis").to_owned(),
            ..last.clone()
        };
        match row.text("field") {
            "type" => next.kind = row.text("new").to_owned(),
            "name" => next.name = row.text("new").to_owned(),
            _ => faults.push(row.fault("field", "chỉ nhận type hoặc name.")),
        }
        last.valid_to = from.checked_sub_days(Days::new(1));
        place.names.push(next);
    }
    Ok(())
}

/// The pairs of a predecessors file: (new_code, old_code, old_name) of provinces, or
/// (new_code, old_code, old_full_name, old_district, old_province, how) of communes.
///
/// # Errors
///
/// Every fault of the file.
pub fn predecessors(text: &str) -> Result<Vec<Predecessor>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["new_code", "old_code"])?;
    let is_commune = sheet.has("old_full_name");
    let mut faults = Vec::new();
    let mut pairs = Vec::new();
    for row in sheet.rows() {
        let context = [row.text("old_district"), row.text("old_province")];
        pairs.push(Predecessor {
            new_code: row.needed("new_code", &mut faults),
            level: if is_commune { Level::Commune } else { Level::Province },
            old_code: row.needed("old_code", &mut faults),
            old_name: row
                .needed(if is_commune { "old_full_name" } else { "old_name" }, &mut faults),
            context: context.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "),
            how: row.text("how").to_owned(),
        });
    }
    if faults.is_empty() { Ok(pairs) } else { Err(faults) }
}
