use chrono::NaiveDate;
use sauro_kernel::AgencyId;

use crate::Fault;
use crate::model::Agencies;

/// A form as sent: fields may come several times.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first value of `name`, trimmed; empty when it was not sent.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of `name`, trimmed, those that say nothing left out.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|it| !it.is_empty())
    }

    /// The lines of `name` that say something.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        let text = self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
        text.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }

    /// The ids sent as `name`; what is no id is passed over.
    pub(super) fn ids<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.all(name).filter_map(|it| it.parse().ok()).collect()
    }

    /// True for a ticked box.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// The agencies that the values of `name` mean; one value may hold several, parted by `;` or lines.
pub(super) fn agencies(
    fields: &Fields,
    name: &str,
    directory: &dyn Agencies,
    faults: &mut Vec<Fault>,
) -> Vec<AgencyId> {
    let words = fields
        .all(name)
        .flat_map(|value| value.split([';', '\n']))
        .map(str::trim)
        .filter(|it| !it.is_empty());
    let mut found = Vec::new();
    for words in words {
        match agency(words, directory) {
            Some(id) => found.push(id),
            None => faults.push(unknown(name, words)),
        }
    }
    found
}

/// The agency that `words` mean: `Bộ Công an`, `BCA`, or `Bộ Công an (BCA)` as the list offers it.
pub(super) fn agency(words: &str, directory: &dyn Agencies) -> Option<AgencyId> {
    let code = words.rsplit_once('(').and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
    directory.named(words).or_else(|| code.and_then(|code| directory.named(code)))
}

/// The fault of words that name no agency.
pub(super) fn unknown(field: &str, words: &str) -> Fault {
    let words: String = words.chars().take(80).collect();
    let sentence = format!(
        "Không có cơ quan “{words}” trong danh mục. Chọn trong gợi ý, hoặc ghi đúng tên hay mã cơ quan."
    );
    Fault::new(field, sentence)
}

/// The day that `text` says, as `2026-12-31` or `31/12/2026`; `None` for an empty one.
pub(super) fn day(field: &str, text: &str, faults: &mut Vec<Fault>) -> Option<NaiveDate> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    match found.ok().filter(|it| (2000..2200).contains(&chrono::Datelike::year(it))) {
        Some(day) => Some(day),
        None => {
            let text: String = text.chars().take(40).collect();
            let sentence =
                format!("Ngày “{text}” không có trên lịch. Ghi ngày/tháng/năm, ví dụ 31/12/2026.");
            faults.push(Fault::new(field, sentence));
            None
        }
    }
}

/// Faults as the pages show them.
pub(super) fn shown(faults: Vec<Fault>) -> sauro_ui::Faults {
    faults.into_iter().map(|it| (it.field, it.sentence)).collect()
}
