//! The whole catalogue in memory: about four thousand agencies, a few megabytes.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};

use super::groups::{is_member, is_vague_code};
use super::index::{FormerIndex, NameIndex, key};
use super::spellings::{bare_names, spellings};
use super::{Agency, Atlas, Level, Predecessor};

/// All agencies with the names of one day, found by id, code, place in the tree, or any name.
#[derive(Debug, Default)]
pub struct Directory {
    agencies: Vec<Agency>,
    atlas: Atlas,
    by_id: HashMap<AgencyId, usize>,
    by_code: HashMap<String, usize>,
    below: HashMap<AgencyId, Vec<usize>>,
    names: NameIndex,
    /// Names of provinces and communes without their kind.
    bare: NameIndex,
    former: FormerIndex,
}

/// An agency found, with a remark when it was found by a name that is no longer valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The agency; of an abolished one, its successor.
    pub agency: &'a Agency,
    /// "Bộ Kế hoạch và Đầu tư đã kết thúc …", or empty.
    pub note: String,
}

impl Directory {
    /// Indexes `agencies` in the order given, under the names they have on `today`, and the former
    /// places.
    pub fn new(
        mut agencies: Vec<Agency>,
        atlas: Atlas,
        former: &[Predecessor],
        today: NaiveDate,
    ) -> Self {
        let mut directory = Self::default();
        for (n, agency) in agencies.iter_mut().enumerate() {
            agency.name = agency.name_on(&atlas, today);
            directory.by_id.insert(agency.id, n);
            directory.by_code.insert(agency.code.clone(), n);
            if let Some(above) = agency.parent {
                directory.below.entry(above).or_default().push(n);
            }
            directory.names.add(n, spellings(agency, &atlas));
            if matches!(agency.kind.as_str(), "province_pc" | "commune_pc") {
                directory.bare.add(n, bare_names(agency, &atlas));
            }
        }
        directory.agencies = agencies;
        directory.atlas = atlas;
        directory.remember(former);
        directory
    }

    fn remember(&mut self, former: &[Predecessor]) {
        for it in former {
            let Some(n) = self.by_code.get(&format!("UBND-{}", it.new_code)).copied() else {
                continue;
            };
            let Some(now) = self.agencies.get(n) else { continue };
            if key(&now.name).ends_with(&key(&it.old_name)) {
                continue;
            }
            let context =
                if it.context.is_empty() { String::new() } else { format!(" ({})", it.context) };
            let part = if it.is_part() { "Một phần " } else { "" };
            let note =
                format!("{part}{}{context} nay thuộc {}", it.old_name, place_words(&now.name));
            self.former.add(&it.old_name, n, &note);
            if it.level == Level::Province {
                self.former.add(&format!("UBND {}", it.old_name), n, &note);
            }
            if let Some((_, rest)) = it.old_name.split_once(' ') {
                self.former.add(rest.trim_start_matches("phố "), n, &note);
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

    /// The agency that follows `old` on `day`, over all that came between; none while `old` itself is there, and
    /// none when nobody follows.
    pub fn heir_of<'a>(&'a self, old: &'a Agency, day: NaiveDate) -> Option<&'a Agency> {
        let is_over = |it: &Agency| it.valid_to.is_some_and(|last| last < day);
        let mut heir = old;
        for _ in 0..20 {
            if !is_over(heir) {
                return Some(heir).filter(|it| it.id != old.id);
            }
            heir = self.agency(heir.successor?)?;
        }
        None
    }

    /// The agency with the official `code`.
    pub fn by_code(&self, code: &str) -> Option<&Agency> {
        self.by_code.get(code).and_then(|n| self.agencies.get(*n))
    }

    /// The name of `id`, or a dash for one that is not in the catalogue.
    pub fn name(&self, id: AgencyId) -> &str {
        self.agency(id).map_or("–", |it| it.name.as_str())
    }

    /// What `id` was called on `day`: until 31 August 2026, UBND-22 is "Ủy ban nhân dân tỉnh Quảng
    /// Ninh". None when it did not exist then.
    pub fn name_on(&self, id: AgencyId, day: NaiveDate) -> Option<String> {
        let agency = self.agency(id).filter(|it| it.is_valid_on(day))?;
        Some(agency.name_on(&self.atlas, day))
    }

    /// All places with their names in time.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
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
        let below = self.below.get(&id).map(Vec::as_slice).unwrap_or_default();
        below.iter().filter_map(|n| self.agencies.get(*n)).collect()
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
        if let [n] = self.names.named(words) {
            return self.agencies.get(*n).map(|it| self.present(it));
        }
        match self.former.named(words) {
            [(n, note), rest @ ..] if rest.iter().all(|(other, _)| other == n) => {
                self.agencies.get(*n).map(|agency| Hit { agency, note: note.clone() })
            }
            _ => None,
        }
    }

    /// All agencies one of whose whole names is `words`, with or without diacritics: their own, that of
    /// their place without its kind, that of a place that went into theirs. An abolished one answers with
    /// its successor. In the order of the dictionary; groups name nobody.
    pub fn named(&self, words: &str) -> Vec<&Agency> {
        let own = self.names.named(words).iter().chain(self.bare.named(words)).copied();
        let former = self.former.named(words).iter().map(|it| it.0);
        let places: BTreeSet<usize> = own.chain(former).collect();
        let mut found: Vec<&Agency> = Vec::with_capacity(places.len());
        for agency in places.into_iter().filter_map(|n| self.agencies.get(n)) {
            let now = self.present(agency).agency;
            if !now.is_group && found.iter().all(|it| it.id != now.id) {
                found.push(now);
            }
        }
        found
    }

    /// At most `limit` agencies that have every word of `words` at the start of one of theirs,
    /// whole-name matches first. With or without diacritics; old names find their successors.
    pub fn search(&self, words: &str, scope: &AgencyPath, limit: usize) -> Vec<Hit<'_>> {
        let none = String::new();
        let mut found: Vec<(u8, usize, &String)> = Vec::new();
        if let Some(n) = self.by_code.get(words.trim()) {
            found.push((0, *n, &none));
        }
        found.extend(self.names.named(words).iter().map(|n| (1, *n, &none)));
        found.extend(self.bare.named(words).iter().map(|n| (2, *n, &none)));
        found.extend(self.former.named(words).iter().map(|(n, note)| (2, *n, note)));
        found.extend(self.names.with_words(words).into_iter().map(|n| (3, n, &none)));
        found.extend(self.former.beginning(words).map(|(n, note)| (4, *n, note)));
        found.sort_by_cached_key(|(rank, n, _)| {
            let agency = self.agencies.get(*n);
            // Whoever still exists comes before whoever was merged into it.
            let is_gone = agency.is_some_and(|it| it.valid_to.is_some());
            (*rank, is_gone, agency.map(|it| it.level), agency.map_or(0, |it| it.name.len()), *n)
        });
        let mut seen = HashSet::new();
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for (_, n, note) in found {
            let Some(agency) = self.agencies.get(n) else { continue };
            let mut hit = self.present(agency);
            if hit.note.is_empty() {
                hit.note.clone_from(note);
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
