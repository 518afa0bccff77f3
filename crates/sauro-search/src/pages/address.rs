use sauro_ui::percent;
use serde::Deserialize;

use crate::model::{Asked, Kind, MOST_PAGES, Sort};

/// How a search is asked for. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    pub(super) q: String,
    #[serde(rename = "loai")]
    pub(super) kind: String,
    #[serde(rename = "co-quan")]
    pub(super) agency: String,
    #[serde(rename = "linh-vuc")]
    pub(super) field: String,
    #[serde(rename = "nam")]
    pub(super) year: String,
    #[serde(rename = "xep")]
    pub(super) sort: String,
    #[serde(rename = "trang")]
    pub(super) page: String,
}

/// Longest code of an agency or a field.
const CODE: usize = 60;

impl Wanted {
    pub(super) fn asked(&self) -> Asked {
        let code = |it: &String| if it.len() <= CODE { it.clone() } else { String::new() };
        let page: usize = self.page.parse().unwrap_or(1);
        Asked {
            kind: self.kind.parse().ok(),
            agency: code(&self.agency),
            field: code(&self.field),
            year: self.year.parse().ok().filter(|it| (1900..=2200).contains(it)),
            sort: if self.sort == "moi-nhat" { Sort::Date } else { Sort::Relevance },
            page: page.clamp(1, MOST_PAGES) - 1,
            ..Asked::of(self.q.trim())
        }
    }

    /// The address of this search, from the first page unless `page` says otherwise.
    pub(super) fn address(&self, page: usize) -> String {
        let page = if page > 0 { (page + 1).to_string() } else { String::new() };
        let pairs = [
            ("q", self.q.as_str()),
            ("loai", &self.kind),
            ("co-quan", &self.agency),
            ("linh-vuc", &self.field),
            ("nam", &self.year),
            ("xep", &self.sort),
            ("trang", &page),
        ];
        let pairs: Vec<String> = pairs
            .iter()
            .filter(|it| !it.1.is_empty())
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        if pairs.is_empty() {
            "/tim-kiem".to_owned()
        } else {
            format!("/tim-kiem?{}", pairs.join("&"))
        }
    }

    /// The same of another kind, or of all.
    pub(super) fn of_kind(&self, kind: Option<Kind>) -> Self {
        Self { kind: kind.map_or_else(String::new, |it| it.code().to_owned()), ..self.clone() }
    }

    /// The same of an agency, or of all.
    pub(super) fn of_agency(&self, code: &str) -> Self {
        Self { agency: code.to_owned(), ..self.clone() }
    }

    /// The same of a field, or of all.
    pub(super) fn of_field(&self, code: &str) -> Self {
        Self { field: code.to_owned(), ..self.clone() }
    }
}
