//! All places, and how files of units and of changes are taken in.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::place::since;
use super::{Level, Place, PlaceName, Row, Sheet};
use crate::Fault;

/// All places by their code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Atlas(BTreeMap<String, Place>);

/// One unit of a file.
struct Unit {
    code: String,
    parent: Option<String>,
    level: Level,
    kind: String,
    name: String,
    from: Option<NaiveDate>,
}

impl Atlas {
    /// The atlas of `places`.
    pub fn new(places: impl IntoIterator<Item = Place>) -> Self {
        Self(places.into_iter().map(|it| (it.code.clone(), it)).collect())
    }

    /// The place `code`.
    pub fn place(&self, code: &str) -> Option<&Place> {
        self.0.get(code)
    }

    /// All places: a province before those with a greater code, its communes anywhere.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.values()
    }

    /// The provinces.
    pub fn provinces(&self) -> impl Iterator<Item = &Place> {
        self.places().filter(|it| it.level == Level::Province)
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True without places.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a file of units: code, parent_code, level, type, name, and perhaps valid_from for a
    /// name that a known unit has got since. Answers how many there were.
    ///
    /// # Errors
    ///
    /// Every fault of the file; the atlas is to be thrown away then.
    pub fn take_units(&mut self, text: &str) -> Result<usize, Vec<Fault>> {
        let sheet = Sheet::read(text, &["code", "parent_code", "level", "type", "name"])?;
        let mut faults = Vec::new();
        let mut seen = BTreeMap::new();
        for row in sheet.rows() {
            let before = faults.len();
            let Some(unit) = unit(&row, &mut faults) else { continue };
            if let Some(line) = seen.insert(unit.code.clone(), row.line) {
                let words = format!("mã đã có ở dòng {line}; mỗi mã một dòng.");
                faults.push(row.fault("code", &words));
            }
            if unit.level == Level::Commune && !self.has_province(unit.parent.as_deref()) {
                faults.push(row.fault(
                    "parent_code",
                    "không có tỉnh mang mã này ở các dòng trên hay trong danh mục.",
                ));
            }
            if faults.len() == before {
                self.take_unit(unit, &row, &mut faults);
            }
        }
        if faults.is_empty() { Ok(seen.len()) } else { Err(faults) }
    }

    fn has_province(&self, code: Option<&str>) -> bool {
        code.and_then(|it| self.place(it)).is_some_and(|it| it.level == Level::Province)
    }

    fn take_unit(&mut self, unit: Unit, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let name = PlaceName {
            valid_from: unit.from.unwrap_or_else(since),
            valid_to: None,
            kind: unit.kind,
            name: unit.name,
            basis: String::new(),
        };
        let Some(known) = self.0.get_mut(&unit.code) else {
            let names = vec![name];
            let place =
                Place { code: unit.code.clone(), parent: unit.parent, level: unit.level, names };
            self.0.insert(unit.code, place);
            return;
        };
        if known.parent != unit.parent || known.level != unit.level {
            faults.push(
                row.fault(
                    "parent_code",
                    "đơn vị mang mã này đang thuộc nơi khác; kiểm tra lại mã.",
                ),
            );
        }
        let is_named = |it: &PlaceName| it.kind == name.kind && it.name == name.name;
        match unit.from {
            Some(_) => known.rename(name),
            None if known.names.iter().any(is_named) => {}
            None => {
                let now = known.names.last().map(PlaceName::full).unwrap_or_default();
                let words = format!(
                    "đơn vị này đang là {now}; nếu đã đổi tên, thêm cột valid_from ghi ngày đổi."
                );
                faults.push(row.fault("name", &words));
            }
        }
    }

    /// Takes a file of changes: code, effective_date, field (type or name), old, new, legal_basis.
    /// Answers how many there were.
    ///
    /// # Errors
    ///
    /// Every fault of the file; the atlas is to be thrown away then.
    pub fn take_changes(&mut self, text: &str) -> Result<usize, Vec<Fault>> {
        let sheet =
            Sheet::read(text, &["code", "effective_date", "field", "old", "new", "legal_basis"])?;
        let mut faults = Vec::new();
        let mut n = 0;
        for row in sheet.rows() {
            n += 1;
            self.take_change(&row, &mut faults);
        }
        if faults.is_empty() { Ok(n) } else { Err(faults) }
    }

    fn take_change(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let before = faults.len();
        let from = row.day("effective_date", faults);
        let new = row.needed("new", faults);
        let Some(place) = self.0.get_mut(row.text("code")) else {
            faults.push(row.fault("code", "không có đơn vị mang mã này trong danh mục."));
            return;
        };
        let Some(last) = from.pred_opt().and_then(|day| place.name_on(day)) else { return };
        let mut next = PlaceName {
            valid_from: from,
            valid_to: None,
            basis: row.optional("legal_basis"),
            ..last.clone()
        };
        // Type and name may change on one day, in two rows.
        if let Some(same_day) = place.names.iter().find(|it| it.valid_from == from) {
            next.kind.clone_from(&same_day.kind);
            next.name.clone_from(&same_day.name);
        }
        let (was, slot) = match row.text("field") {
            "type" => {
                if !kinds(place.level).contains(&new.as_str()) {
                    faults.push(row.fault("new", &kind_words(place.level)));
                }
                (last.kind.as_str(), &mut next.kind)
            }
            "name" => (last.name.as_str(), &mut next.name),
            _ => {
                faults.push(row.fault("field", "chỉ nhận type hoặc name."));
                return;
            }
        };
        let old = row.optional("old");
        if !old.is_empty() && old != was {
            let words = format!("trước ngày này đơn vị là “{was}”, không phải “{old}”.");
            faults.push(row.fault("old", &words));
        }
        *slot = new;
        if faults.len() == before {
            place.rename(next);
        }
    }
}

impl Place {
    /// Takes in a name by its first day, in place of one of the same day.
    fn rename(&mut self, name: PlaceName) {
        self.names.retain(|it| it.valid_from != name.valid_from);
        self.names.push(name);
        self.names.sort_by_key(|it| it.valid_from);
        let mut next: Option<NaiveDate> = None;
        for it in self.names.iter_mut().rev() {
            it.valid_to = next.and_then(|day| day.checked_sub_days(Days::new(1)));
            next = Some(it.valid_from);
        }
    }
}

fn unit(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Unit> {
    let level = match row.text("level") {
        "1" => Level::Province,
        "2" => Level::Commune,
        _ => {
            faults.push(row.fault("level", "chỉ nhận 1 (tỉnh) hoặc 2 (xã)."));
            return None;
        }
    };
    let code = row.needed("code", faults);
    let len = if level == Level::Province { 2 } else { 5 };
    if !code.is_empty() && (code.len() != len || !code.bytes().all(|b| b.is_ascii_digit())) {
        let words = format!(
            "“{code}” không phải mã gồm {len} chữ số. Bảng tính hay bỏ số 0 ở đầu: đặt cột là văn bản."
        );
        faults.push(row.fault("code", &words));
    }
    let kind = row.needed("type", faults);
    if !kind.is_empty() && !kinds(level).contains(&kind.as_str()) {
        faults.push(row.fault("type", &kind_words(level)));
    }
    let parent = Some(row.optional("parent_code")).filter(|it| !it.is_empty());
    if level == Level::Province && parent.is_some() {
        faults.push(row.fault("parent_code", "để trống với tỉnh, thành phố."));
    }
    let from = (!row.text("valid_from").is_empty()).then(|| row.day("valid_from", faults));
    Some(Unit { code, parent, level, kind, name: row.needed("name", faults), from })
}

pub(super) fn kinds(level: Level) -> &'static [&'static str] {
    match level {
        Level::Centre => &[],
        Level::Province => &["tỉnh", "thành phố"],
        Level::Commune => &["xã", "phường", "đặc khu"],
    }
}

fn kind_words(level: Level) -> String {
    format!("chỉ nhận {}.", kinds(level).join(", "))
}
