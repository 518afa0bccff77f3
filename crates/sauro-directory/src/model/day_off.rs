use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use sauro_kernel::Line;

use super::Sheet;
use crate::Fault;

/// A day off, or a weekend day that is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub day: NaiveDate,
    /// True of a weekend day that is worked.
    pub is_worked: bool,
    /// Its name.
    pub name: String,
    /// One of [`DayOff::KINDS`].
    pub kind: String,
}

impl DayOff {
    /// The kinds, with their words on screen.
    pub const KINDS: [(&'static str, &'static str); 4] = [
        ("statutory", "Nghỉ lễ, Tết"),
        ("observed", "Nghỉ bù"),
        ("substitute_off", "Nghỉ hoán đổi"),
        ("makeup_workday", "Làm bù"),
    ];

    /// The words on screen of its kind.
    pub fn label(&self) -> &'static str {
        Self::KINDS.iter().find(|(code, _)| *code == self.kind).map_or("Nghỉ", |(_, label)| label)
    }

    /// The day typed as `day` (`2026-11-24`), `name` and `kind`.
    ///
    /// # Errors
    ///
    /// Every fault, as the column's place among day, name and kind, and what to do about it.
    pub fn parse(day: &str, name: &str, kind: &str) -> Result<Self, Vec<(usize, String)>> {
        let mut faults = Vec::new();
        let date = NaiveDate::parse_from_str(day, "%F").ok().filter(|it| is_near(*it));
        if date.is_none() {
            let words = if day.is_empty() {
                "để trống; nhập ngày, như 2026-11-24.".to_owned()
            } else {
                format!("“{day}” không phải một ngày từ năm 2000 đến 2100; viết như 2026-11-24.")
            };
            faults.push((0, words));
        }
        let line = Line::parse(name);
        if let Err(err) = &line {
            faults.push((1, super::sheet::text_words(*err)));
        }
        if !Self::KINDS.iter().any(|(code, _)| *code == kind) {
            let known = Self::KINDS.map(|(code, _)| code).join(", ");
            faults.push((2, format!("chọn một loại: {known}.")));
        }
        let is_worked = kind == "makeup_workday";
        if let Some(date) = date
            && is_worked
            && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        {
            let words = "ngày làm bù phải là thứ Bảy hoặc Chủ nhật; kiểm tra lại ngày.";
            faults.push((0, words.to_owned()));
        }
        match (date, line, faults.is_empty()) {
            (Some(day), Ok(line), true) => {
                Ok(Self { day, is_worked, name: line.as_str().to_owned(), kind: kind.to_owned() })
            }
            _ => Err(faults),
        }
    }
}

fn is_near(day: NaiveDate) -> bool {
    (2000..=2100).contains(&day.year())
}

/// The days of a calendar file: columns date, name, kind.
///
/// # Errors
///
/// Every fault of the file.
pub fn days_off(text: &str) -> Result<Vec<DayOff>, Vec<Fault>> {
    const COLUMNS: [&str; 3] = ["date", "name", "kind"];
    let sheet = Sheet::read(text, &COLUMNS)?;
    let mut faults = Vec::new();
    let mut days: BTreeMap<NaiveDate, (u64, DayOff)> = BTreeMap::new();
    for row in sheet.rows() {
        match DayOff::parse(row.text("date"), row.text("name"), row.text("kind")) {
            Ok(it) => {
                if let Some((line, _)) = days.get(&it.day) {
                    let words = format!("ngày này đã có ở dòng {line}; mỗi ngày một dòng.");
                    faults.push(row.fault("date", &words));
                } else {
                    days.insert(it.day, (row.line, it));
                }
            }
            Err(found) => faults.extend(found.iter().map(|(column, words)| {
                row.fault(COLUMNS.get(*column).copied().unwrap_or_default(), words)
            })),
        }
    }
    if faults.is_empty() { Ok(days.into_values().map(|(_, it)| it).collect()) } else { Err(faults) }
}
