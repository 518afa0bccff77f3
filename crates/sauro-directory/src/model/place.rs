use chrono::NaiveDate;

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
    /// What it was called, oldest first; they do not overlap. Never empty.
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
    /// whole, part, part_area …
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

impl Predecessor {
    /// True when only a part of it went there.
    pub fn is_part(&self) -> bool {
        self.how.starts_with("part")
    }
}

impl PlaceName {
    /// Kind and name, such as "xã Năm Căn".
    pub fn full(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// The pairs of a predecessors file: (new_code, old_code, old_name) of provinces, or
/// (new_code, old_code, old_full_name, old_district_code, old_district, old_province, how) of communes.
/// A pair that comes twice is taken once.
///
/// # Errors
///
/// Every fault of the file.
pub fn predecessors(text: &str) -> Result<Vec<(u64, Predecessor)>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["new_code", "old_code"])?;
    let is_commune = sheet.has("old_full_name");
    let name = if is_commune { "old_full_name" } else { "old_name" };
    if !sheet.has(name) {
        return Err(Sheet::lacks(name));
    }
    let mut faults = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut pairs = Vec::new();
    for row in sheet.rows() {
        // A district that became one commune has neither a former commune's code nor its name.
        let is_district = is_commune && row.text(name).is_empty();
        let name = if is_district { "old_district" } else { name };
        let has_code = !is_commune || !row.text("old_code").is_empty();
        let code = if has_code { "old_code" } else { "old_district_code" };
        let district = if is_district { String::new() } else { row.optional("old_district") };
        let context = [district, row.optional("old_province")];
        let pair = Predecessor {
            new_code: row.needed("new_code", &mut faults),
            level: if is_commune { Level::Commune } else { Level::Province },
            old_code: row.needed(code, &mut faults),
            old_name: row.needed(name, &mut faults),
            context: context.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "),
            how: row.optional("how"),
        };
        if seen.insert((pair.new_code.clone(), pair.old_code.clone())) {
            pairs.push((row.line, pair));
        }
    }
    if faults.is_empty() { Ok(pairs) } else { Err(faults) }
}
