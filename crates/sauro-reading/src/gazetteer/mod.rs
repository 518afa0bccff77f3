//! The catalogue of agencies by which the reader knows who is meant.

mod collective;
mod elided;
mod local;
mod provinces;
mod shipped;
mod units;

pub(crate) use units::{Actors, Naming};

use std::collections::HashMap;

use crate::{
    model::AgencyRef,
    text::{Doc, Kind, canon},
};

/// One agency for [`Gazetteer::from_entries`].
#[derive(Clone, Debug)]
pub struct Entry {
    /// Code; collectives begin with `*`, people's committees are `UBND-44`, party committees `TU-44`.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Kind as in the shipped catalogue: `ministry`, `province_pc`, `group` …
    pub kind: String,
}

/// What a name leads to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) code: String,
    /// The name is of an agency or province that no longer exists; the code is the successor's.
    pub(crate) abolished: bool,
    /// Matches only when written in capitals.
    caps: bool,
}

/// Names by their first word, longest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(HashMap<String, Vec<(Vec<String>, Target)>>);

impl Index {
    fn add(&mut self, name: &str, target: Target) {
        for words in spellings(name) {
            let Some((first, rest)) = words.split_first() else { continue };
            let list = self.0.entry(first.clone()).or_default();
            if !list.iter().any(|(known, _)| known == rest) {
                list.push((rest.to_vec(), target.clone()));
            }
        }
    }

    fn seal(&mut self) {
        for list in self.0.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// The longest name at token `i` and the place after it.
    pub(crate) fn at(&self, doc: &Doc, i: usize) -> Option<(usize, &Target)> {
        let list = self.0.get(doc.w(i))?;
        list.iter()
            .find(|(rest, target)| {
                rest.iter().enumerate().all(|(k, word)| doc.w(i + 1 + k) == word)
                    && (!target.caps || doc.token(i).is_some_and(|t| t.caps))
            })
            .map(|(rest, target)| (i + 1 + rest.len(), target))
    }
}

/// A name as written, without commas, and without dashes.
fn spellings(name: &str) -> Vec<Vec<String>> {
    let doc = Doc::new(name);
    let words: Vec<String> = doc.tokens().iter().map(|t| t.key.clone()).collect();
    let mut all = vec![words.clone()];
    for mark in [",", "-"] {
        if words.iter().any(|w| w == mark) {
            all.push(words.iter().filter(|w| *w != mark).cloned().collect());
        }
    }
    all
}

/// All agencies, provinces and communes the reader can name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    names: HashMap<String, String>,
    agencies: Index,
    /// Ministries without the word "Bộ", for "các Bộ: Quốc phòng, Công an".
    ministries: Index,
    provinces: Index,
    cities: Vec<String>,
    communes: HashMap<String, Vec<Commune>>,
}

#[derive(Clone, Debug)]
struct Commune {
    code: String,
    province: String,
}

/// Names too general to point at one agency.
const TOO_GENERAL: [&str; 4] =
    ["trung ương", "địa phương", "cấp ủy đảng", "chính quyền địa phương"];

impl Gazetteer {
    /// The catalogue shipped with the product.
    #[must_use]
    pub fn shipped() -> Self {
        shipped::build()
    }

    /// A catalogue of the caller's own, for instance from the directory's tables.
    #[must_use]
    pub fn from_entries(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut all = Self::default();
        for entry in entries {
            all.add(&entry);
        }
        all.seal();
        all
    }

    fn seal(&mut self) {
        self.agencies.seal();
        self.ministries.seal();
        self.provinces.seal();
        self.cities.sort();
        self.cities.dedup();
    }

    fn add(&mut self, entry: &Entry) {
        self.names.insert(entry.code.clone(), entry.name.clone());
        if let Some(province) = entry.code.strip_prefix("UBND-").filter(|p| p.len() == 2) {
            self.add_province_of(entry, province);
            return;
        }
        if entry.code.starts_with("TU-") {
            return;
        }
        let target = Target { code: entry.code.clone(), abolished: false, caps: false };
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let key = canon(name);
            if TOO_GENERAL.contains(&key.as_str()) {
                continue;
            }
            if entry.kind == "ministry" {
                if let Some(short) = key.strip_prefix("bộ ") {
                    self.ministries.add(short, target.clone());
                } else {
                    self.ministries.add(name, target.clone());
                    continue;
                }
            }
            if entry.kind == "group" && !is_phrase_group(&entry.code) {
                continue;
            }
            let caps =
                !name.contains(' ') && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
            self.agencies.add(name, Target { caps, ..target.clone() });
        }
        let is_known_by_code = !entry.code.starts_with('*')
            && entry.code.chars().count() >= 3
            && !entry.code.contains(['_', '-']);
        if is_known_by_code {
            self.agencies.add(&entry.code, Target { caps: true, ..target });
        }
    }

    fn add_province_of(&mut self, entry: &Entry, province: &str) {
        let key = entry.name.trim();
        let is_city = canon(key).contains("thành phố");
        let name = [
            "Ủy ban nhân dân tỉnh ",
            "Ủy ban nhân dân thành phố ",
            "UBND tỉnh ",
            "UBND thành phố ",
        ]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .unwrap_or(key);
        self.add_province(name, province, false);
        if is_city {
            self.cities.push(province.to_owned());
        }
        if canon(name) == "hồ chí minh" {
            for other in ["HCM", "TPHCM", "TP.HCM"] {
                self.add_province(other, province, false);
            }
        }
    }

    fn add_province(&mut self, name: &str, code: &str, abolished: bool) {
        self.provinces.add(name, Target { code: code.to_owned(), abolished, caps: false });
    }

    /// The agency behind a code, its name from the catalogue or built from its parts.
    pub(crate) fn agency(&self, code: &str) -> AgencyRef {
        let name = self.names.get(code).cloned().unwrap_or_else(|| local::name_of(self, code));
        AgencyRef { code: code.to_owned(), name }
    }

    pub(crate) fn name_of_province(&self, province: &str) -> Option<String> {
        let committee = self.names.get(&format!("UBND-{province}"))?;
        Some(committee.replace("Ủy ban nhân dân ", ""))
    }

    /// A name of the catalogue at token `i`.
    pub(crate) fn agency_at(&self, doc: &Doc, i: usize) -> Option<(usize, &Target)> {
        self.agencies.at(doc, i)
    }

    pub(crate) fn ministry_at(&self, doc: &Doc, i: usize) -> Option<(usize, &Target)> {
        self.ministries.at(doc, i).filter(|_| doc.upper(i))
    }

    pub(crate) fn province_at(&self, doc: &Doc, i: usize) -> Option<(usize, &Target)> {
        self.provinces.at(doc, i).filter(|_| doc.upper(i))
    }

    /// A commune by its name, in the given province or alone in the country by that name.
    pub(crate) fn commune_at(
        &self,
        doc: &Doc,
        i: usize,
        province: Option<&str>,
    ) -> Option<(usize, String)> {
        if !doc.upper(i) {
            return None;
        }
        for words in (1..=5).rev() {
            if (i..i + words)
                .any(|k| doc.kind(k) != Kind::Word && doc.w(k) != "'" && doc.w(k) != "-")
            {
                continue;
            }
            let name = (i..i + words).map(|k| doc.w(k)).collect::<Vec<_>>().join(" ");
            let Some(found) = self.communes.get(&name) else { continue };
            let here = found.iter().find(|c| Some(c.province.as_str()) == province);
            let only = found.first().filter(|_| found.len() == 1);
            return here.or(only).map(|c| (i + words, c.code.clone()));
        }
        None
    }
}

/// Collectives that have a name of their own; the others follow a grammar.
fn is_phrase_group(code: &str) -> bool {
    matches!(code, "*BÁOCHÍ" | "*NHTM" | "*DNVT" | "*CẤPỦY")
}
