//! The whole catalogue in memory: about four thousand agencies, a few megabytes.

use std::collections::{BTreeMap, HashMap};

use sauro_kernel::{AgencyId, AgencyPath, fold};

use super::groups::{is_member, is_vague_code};
use super::{Agency, Predecessor};

/// All agencies, found by id, code, place in the tree, or any name.
#[derive(Debug, Default)]
pub struct Directory {
    agencies: Vec<Agency>,
    by_id: HashMap<AgencyId, usize>,
    by_code: HashMap<String, usize>,
    /// Folded whole names.
    by_name: HashMap<String, Vec<usize>>,
    /// Folded words; a prefix is a range.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Former places by folded name: who took over, and what to say.
    former: HashMap<String, Vec<(usize, String)>>,
}

/// An agency found, with a remark when it was found by a name that is no longer valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The agency; of an abolished one, its successor.
    pub agency: &'a Agency,
    /// "Bộ Kế hoạch và Đầu tư đã hợp nhất …", or empty.
    pub note: String,
}

impl Directory {
    /// Indexes `agencies`, in the order in which they are listed, and the former places.
    pub fn new(agencies: Vec<Agency>, former: &[Predecessor]) -> Self {
        let mut directory = Self::default();
        for (n, agency) in agencies.iter().enumerate() {
            directory.by_id.insert(agency.id, n);
            directory.by_code.insert(agency.code.clone(), n);
            let mut words: Vec<String> = Vec::new();
            for name in
                [&agency.name, &agency.abbr, &agency.code].into_iter().chain(&agency.aliases)
            {
                let key = fold(name);
                if key.is_empty() {
                    continue;
                }
                words.extend(key.split(' ').map(str::to_owned));
                let named = directory.by_name.entry(key).or_default();
                if named.last() != Some(&n) {
                    named.push(n);
                }
            }
            words.sort_unstable();
            words.dedup();
            for word in words {
                directory.by_word.entry(word).or_default().push(n);
            }
        }
        directory.agencies = agencies;
        directory.remember(former);
        directory
    }

    fn remember(&mut self, former: &[Predecessor]) {
        for it in former {
            let Some(n) = self.by_code.get(&format!("UBND-{}", it.new_code)).copied() else {
                continue;
            };
            let Some(now) = self.agencies.get(n) else { continue };
            if fold(&now.name).ends_with(&fold(&it.old_name)) {
                continue;
            }
            let context =
                if it.context.is_empty() { String::new() } else { format!(" ({})", it.context) };
            let note = format!("{}{context} nay thuộc {}", it.old_name, place_words(&now.name));
            let mut keys = vec![fold(&it.old_name)];
            let bare =
                it.old_name.split_once(' ').map(|(_, rest)| fold(rest.trim_start_matches("phố ")));
            keys.extend(bare.filter(|it| !it.is_empty()));
            for key in keys {
                self.former.entry(key).or_default().push((n, note.clone()));
            }
        }
    }

    /// How many agencies there are.
    pub fn len(&self) -> usize {
        self.agencies.len()
    }

    /// True without agencies.
    pub fn is_empty(&self) -> bool {
        self.agencies.is_empty()
    }

    /// All agencies in the order of the dictionary.
    pub fn all(&self) -> &[Agency] {
        &self.agencies
    }

    /// The agency `id`.
    pub fn agency(&self, id: AgencyId) -> Option<&Agency> {
        self.by_id.get(&id).and_then(|n| self.agencies.get(*n))
    }

    /// The agency with the official `code`.
    pub fn by_code(&self, code: &str) -> Option<&Agency> {
        self.by_code.get(code).and_then(|n| self.agencies.get(*n))
    }

    /// The name of `id`, or a dash for one that is not in the catalogue.
    pub fn name(&self, id: AgencyId) -> &str {
        self.agency(id).map_or("–", |it| it.name.as_str())
    }

    /// True of a collective that does not make the doer clear.
    pub fn is_vague(&self, id: AgencyId) -> bool {
        self.agency(id).is_none_or(|it| is_vague_code(&it.code))
    }

    /// Whom `id` means: itself, or the members of a group within `scope`.
    pub fn members_of(&self, id: AgencyId, scope: &AgencyPath) -> Vec<AgencyId> {
        match self.agency(id) {
            Some(group) if group.is_group => self
                .agencies
                .iter()
                .filter(|it| is_member(&group.code, it) && scope.covers(&it.path))
                .map(|it| it.id)
                .collect(),
            Some(agency) => vec![agency.id],
            None => Vec::new(),
        }
    }

    /// The agencies directly below `id`, in the order of the dictionary.
    pub fn children_of(&self, id: AgencyId) -> Vec<&Agency> {
        self.agencies.iter().filter(|it| it.parent == Some(id)).collect()
    }

    /// The one agency meant by `words`: a code, or a whole name or alias that only one has.
    /// An abolished one answers with its successor.
    pub fn resolve(&self, words: &str) -> Option<Hit<'_>> {
        let words = words.trim();
        // A picker writes "Name (CODE)".
        let code =
            words.strip_suffix(')').and_then(|it| it.rsplit_once('(')).map(|(_, code)| code.trim());
        if let Some(agency) = code.and_then(|it| self.by_code(it)).or_else(|| self.by_code(words)) {
            return Some(self.present(agency));
        }
        let key = fold(words);
        if let Some([n]) = self.by_name.get(&key).map(Vec::as_slice) {
            return self.agencies.get(*n).map(|it| self.present(it));
        }
        match self.former.get(&key).map(Vec::as_slice) {
            Some([(n, note)]) => {
                self.agencies.get(*n).map(|agency| Hit { agency, note: note.clone() })
            }
            _ => None,
        }
    }

    /// At most `limit` agencies that have every word of `words` at the start of one of theirs,
    /// whole-name matches first. With or without diacritics; old names find their successors.
    pub fn search(&self, words: &str, scope: &AgencyPath, limit: usize) -> Vec<Hit<'_>> {
        let key = fold(words);
        let mut found: Vec<(u8, usize, String)> = Vec::new();
        for n in self.by_name.get(&key).into_iter().flatten() {
            found.push((0, *n, String::new()));
        }
        for (n, note) in self.former.get(&key).into_iter().flatten() {
            found.push((1, *n, note.clone()));
        }
        for n in self.with_all_words(&key) {
            found.push((2, n, String::new()));
        }
        found.sort_by_key(|(rank, n, _)| {
            let agency = self.agencies.get(*n);
            (*rank, agency.map(|it| it.level), agency.map_or(0, |it| it.name.len()), *n)
        });
        let mut seen = std::collections::HashSet::new();
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for (_, n, note) in found {
            let Some(agency) = self.agencies.get(n) else { continue };
            let mut hit = self.present(agency);
            if hit.note.is_empty() {
                hit.note = note;
            }
            if (scope.covers(&hit.agency.path) || hit.agency.is_group) && seen.insert(hit.agency.id)
            {
                hits.push(hit);
            }
            if hits.len() == limit {
                break;
            }
        }
        hits
    }

    fn with_all_words(&self, key: &str) -> Vec<usize> {
        let mut common: Option<std::collections::BTreeSet<usize>> = None;
        for word in key.split(' ').filter(|it| !it.is_empty()) {
            let starts = self
                .by_word
                .range(word.to_owned()..)
                .take_while(|(it, _)| it.starts_with(word))
                .flat_map(|(_, agencies)| agencies.iter().copied())
                .collect();
            common = Some(match common {
                Some(before) => &before & &starts,
                None => starts,
            });
        }
        common.unwrap_or_default().into_iter().collect()
    }

    /// The agency itself, or who took over from it.
    fn present<'a>(&'a self, agency: &'a Agency) -> Hit<'a> {
        let successor = agency.successor.and_then(|id| self.agency(id));
        match (agency.valid_to, successor) {
            (Some(last), Some(now)) => Hit {
                agency: now,
                note: format!(
                    "{} đã kết thúc ngày {}, nay là {}",
                    agency.name,
                    last.format("%d/%m/%Y"),
                    now.name
                ),
            },
            _ => Hit { agency, note: String::new() },
        }
    }
}

fn place_words(name: &str) -> &str {
    name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name)
}
