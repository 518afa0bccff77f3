use sauro_kernel::Line;

use crate::model::periodic::{DayRule, Design, Form, Item, ItemKind, MOST_ITEMS, Schedule, key_of};
use crate::model::{PeriodKind, UnitLevel};

/// A form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormFields {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the form that it adds to; empty for one of its own.
    pub extends: String,
    /// The code of the rhythm; of an extension that of its root holds.
    pub rhythm: String,
    /// The codes of the levels that report; likewise.
    pub levels: Vec<String>,
    /// Cut-off: months (weeks) after, and day.
    pub cut_off: (String, String),
    /// Deadline of communes.
    pub commune: (String, String),
    /// Deadline of ministries and provinces.
    pub above: (String, String),
    /// Working days until it locks.
    pub lock_after: String,
    /// No further rounds.
    pub is_retired: bool,
    /// Its parts; those without a title are left out.
    pub items: Vec<ItemFields>,
}

/// One part as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFields {
    /// Its name from before; empty for a new one.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What belongs there.
    pub hint: String,
    /// The code of its kind.
    pub kind: String,
    /// The codes of its indicators, separated by commas.
    pub codes: String,
    /// A report cannot be sent without it.
    pub is_required: bool,
}

impl FormFields {
    /// The fields of `form` as they would be typed.
    pub fn of(form: &Form) -> Self {
        let Design { name, rhythm, levels, schedule, items } = &form.design;
        let rule = |it: DayRule| (it.after.to_string(), it.day.to_string());
        Self {
            code: form.code.clone(),
            name: name.clone(),
            extends: String::new(),
            rhythm: rhythm.code().to_owned(),
            levels: levels.iter().map(|it| it.code().to_owned()).collect(),
            cut_off: rule(schedule.cut_off),
            commune: rule(schedule.commune),
            above: rule(schedule.above),
            lock_after: schedule.lock_after.to_string(),
            is_retired: form.is_retired,
            items: items.iter().map(ItemFields::of).collect(),
        }
    }

    /// The design they come down to; what is wrong goes into `faults`.
    pub(super) fn design(
        &self,
        name: String,
        root: Option<&Form>,
        faults: &mut Vec<(String, String)>,
    ) -> Option<Design> {
        let items = self.parts(faults);
        if let Some(root) = root {
            // Rhythm, levels and deadlines are those of the form that is added to.
            return Some(Design { name, items, ..root.design.clone() });
        }
        let rhythm = PeriodKind::of_code(&self.rhythm);
        if rhythm.is_none() {
            faults.push(("nhip".to_owned(), "Chọn nhịp báo cáo.".to_owned()));
        }
        let levels = UnitLevel::ALL
            .into_iter()
            .filter(|it| *it != UnitLevel::National)
            .filter(|it| self.levels.iter().any(|code| code == it.code()))
            .collect();
        let schedule = self.schedule(faults);
        Some(Design { name, rhythm: rhythm?, levels, schedule: schedule?, items })
    }

    fn schedule(&self, faults: &mut Vec<(String, String)>) -> Option<Schedule> {
        let mut rule = |field: &str, (after, day): &(String, String)| {
            let found = after.trim().parse().ok().zip(day.trim().parse().ok());
            if found.is_none() {
                let words = "Ghi ngày bằng chữ số, ví dụ 14.";
                faults.push((field.to_owned(), words.to_owned()));
            }
            found.map(|(after, day)| DayRule { after, day })
        };
        let cut_off = rule("chot", &self.cut_off);
        let commune = rule("han-xa", &self.commune);
        let above = rule("han-tren", &self.above);
        let lock_after = self.lock_after.trim().parse().ok();
        if lock_after.is_none() {
            let words = "Ghi số ngày làm việc bằng chữ số, ví dụ 5.";
            faults.push(("khoa".to_owned(), words.to_owned()));
        }
        Some(Schedule {
            cut_off: cut_off?,
            commune: commune?,
            above: above?,
            lock_after: lock_after?,
        })
    }

    fn parts(&self, faults: &mut Vec<(String, String)>) -> Vec<Item> {
        let mut used: Vec<String> = Vec::new();
        let mut items = Vec::new();
        for it in self.items.iter().take(MOST_ITEMS + 1) {
            if it.title.trim().is_empty() {
                continue;
            }
            let n = items.len() + 1;
            let line = Line::parse(&it.title);
            if line.is_err() {
                let words = format!("Rút gọn tiêu đề còn tối đa {} ký tự.", Line::MAX_CHARS);
                faults.push((format!("phan-{n}"), words));
            }
            let codes: Vec<String> = it
                .codes
                .split([',', ';', ' ', '\n'])
                .map(|it| it.trim().to_owned())
                .filter(|it| !it.is_empty())
                .collect();
            let Some(kind) = ItemKind::of_code(&it.kind, &codes) else {
                faults.push((format!("loai-{n}"), "Chọn loại của phần này.".to_owned()));
                continue;
            };
            let title = line.map_or_else(|_| String::new(), |it| it.as_str().to_owned());
            let key = match is_key(&it.key) && !used.contains(&it.key) {
                true => it.key.clone(),
                false => key_of(&title, &used),
            };
            used.push(key.clone());
            let hint =
                Line::parse(&it.hint).map_or_else(|_| String::new(), |it| it.as_str().to_owned());
            items.push(Item { key, title, hint, is_required: it.is_required, kind });
        }
        items
    }
}

/// True of a name that [`key_of`] may have given.
fn is_key(text: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    (1..=120).contains(&text.len()) && text.chars().all(is_plain)
}

impl ItemFields {
    fn of(item: &Item) -> Self {
        Self {
            key: item.key.clone(),
            title: item.title.clone(),
            hint: item.hint.clone(),
            kind: item.kind.code(),
            codes: item.codes().join(", "),
            is_required: item.is_required,
        }
    }
}
