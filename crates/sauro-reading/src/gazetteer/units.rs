//! A list of addressees as the text writes it → codes.

use std::sync::LazyLock;

use super::{Gazetteer, collective, local, provinces};
use crate::{
    Rule,
    model::AgencyRef,
    text::{Doc, Kind, Phrases},
};

/// What is known around the place where a name stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Naming<'a> {
    /// The province the document speaks of, for "Sở Tài chính".
    pub(crate) province: Option<&'a str>,
    /// Provinces listed earlier, for "các tỉnh nêu trên".
    pub(crate) listed: &'a [String],
    /// A province's bare name or "Tỉnh" may stand for its committee.
    pub(crate) bare: bool,
    /// The text speaks of the Government's own steering committee.
    pub(crate) government_committee: bool,
}

/// One addressee of a list.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) codes: Vec<String>,
    pub(crate) end: usize,
    pub(crate) rules: Vec<Rule>,
    pub(crate) vague: bool,
    pub(crate) titled: bool,
    pub(crate) generic_party: bool,
    pub(crate) provinces: Vec<String>,
}

impl Unit {
    pub(crate) fn one(code: String, end: usize) -> Self {
        let codes = if code.is_empty() { Vec::new() } else { vec![code] };
        Self {
            codes,
            end,
            rules: Vec::new(),
            vague: false,
            titled: false,
            generic_party: false,
            provinces: Vec::new(),
        }
    }

    pub(crate) fn because(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }
}

/// A list of addressees.
#[derive(Clone, Debug)]
pub(crate) struct Actors {
    pub(crate) refs: Vec<AgencyRef>,
    pub(crate) end: usize,
    pub(crate) rules: Vec<Rule>,
    /// Nobody in it can be held to anything: "các bên liên quan".
    pub(crate) vague: bool,
    /// Addressed by the head's title.
    pub(crate) titled: bool,
    /// Name of a person after an official's title, as written.
    pub(crate) person: String,
    pub(crate) provinces: Vec<String>,
}

impl Actors {
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.refs.iter().map(|r| r.code.as_str())
    }

    /// Those who give tasks rather than receive them.
    pub(crate) fn is_official(&self) -> bool {
        self.codes().all(|c| {
            matches!(
                c,
                "TTg"
                    | "PTTg"
                    | "CP"
                    | "BCT_TW"
                    | "BBT"
                    | "BCHTW"
                    | "QH"
                    | "UBTVQH"
                    | "TBT"
                    | "BCĐCP57"
                    | "BCĐTW57"
            )
        })
    }
}

static TITLES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "bộ trưởng|thứ trưởng|thủ trưởng|chủ tịch hội đồng thành viên|chủ tịch hđtv|chủ tịch hđqt|chủ tịch hội đồng quản trị|chủ tịch|phó chủ tịch
         |tổng giám đốc|phó tổng giám đốc|giám đốc|bí thư|phó bí thư|thống đốc|chủ nhiệm|chánh|trưởng ban|tổng biên tập|viện trưởng|tổng kiểm toán
         |người đứng đầu|lãnh đạo|đảng ủy|ban cán sự đảng|đảng đoàn|tập thể lãnh đạo|ban lãnh đạo|hiệu trưởng|cục trưởng|thường trực|tổng thư ký|chủ tịch kiêm tổng giám đốc",
    )
});

const HONOURS: [&str; 5] = ["các đồng chí", "đồng chí", "đ / c", "các ông", "các vị"];

impl Gazetteer {
    /// A list of addressees at `i`. In a subject `;` may stand between them.
    pub(crate) fn actors_at(
        &self,
        doc: &Doc,
        i: usize,
        naming: &Naming<'_>,
        subject: bool,
    ) -> Option<Actors> {
        let mut units: Vec<Unit> = Vec::new();
        let (mut j, mut end) = (i, i);
        while let Some(unit) = self.unit_at(doc, j, naming) {
            end = tail(doc, unit.end);
            units.push(unit);
            let Some(next) = separator(doc, end, subject) else { break };
            j = next;
        }
        if units.is_empty() {
            return None;
        }
        Some(self.collect(doc, i, end, units))
    }

    fn collect(&self, doc: &Doc, i: usize, end: usize, mut units: Vec<Unit>) -> Actors {
        let listed: Vec<String> = units
            .iter()
            .find(|u| u.provinces.len() > 1 || !u.rules.is_empty() && !u.provinces.is_empty())
            .map(|u| u.provinces.clone())
            .unwrap_or_default();
        if !listed.is_empty() {
            for unit in units.iter_mut().filter(|u| u.generic_party) {
                unit.codes = listed.iter().map(|p| format!("TU-{p}")).collect();
            }
        }
        let vague = units.iter().all(|u| u.vague);
        let keep_vague = vague;
        let mut actors = Actors {
            refs: Vec::new(),
            end,
            rules: Vec::new(),
            vague,
            titled: false,
            person: String::new(),
            provinces: Vec::new(),
        };
        let several = units.len() > 1;
        for unit in units {
            actors.titled |= unit.titled;
            for rule in &unit.rules {
                if *rule == Rule::VagueActor && !keep_vague && several {
                    continue;
                }
                if !actors.rules.contains(rule) {
                    actors.rules.push(*rule);
                }
            }
            actors.provinces.extend(unit.provinces);
            if unit.vague
                && !keep_vague
                && several
                && doc.w(unit.end) != "chủ"
                && !actors.refs.is_empty()
                && !actors.refs.iter().any(|r| r.code == "*BLQ")
            {
                continue;
            }
            for code in unit.codes {
                if !actors.refs.iter().any(|r| r.code == code) {
                    actors.refs.push(self.agency(&code));
                }
            }
        }
        if actors.titled {
            actors.rules.push(Rule::TitleOfHead);
        }
        if actors.is_official() {
            (actors.end, actors.person) = person(doc, actors.end);
        }
        let _ = i;
        actors
    }

    fn unit_at(&self, doc: &Doc, i: usize, naming: &Naming<'_>) -> Option<Unit> {
        let plain = self.base_at(doc, i, naming, false);
        let titled = self.titled_at(doc, i, naming);
        match (plain, titled) {
            (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    fn titled_at(&self, doc: &Doc, i: usize, naming: &Naming<'_>) -> Option<Unit> {
        let mut j = doc.any(i, &HONOURS).unwrap_or(i);
        let honoured = j > i;
        let mut titles: Vec<&str> = Vec::new();
        while let Some(after) = doc.of(j, &TITLES) {
            titles.push(doc.w(j));
            j = after;
            let mut next = j;
            while matches!(doc.w(next), "," | "và" | "kiêm" | "-") {
                next += 1;
            }
            next = doc.any(next, &HONOURS).unwrap_or(next);
            if doc.of(next, &TITLES).is_none()
                || (doc.w(next) == "bộ" && doc.w(next + 1) != "trưởng")
            {
                break;
            }
            j = next;
        }
        if titles.is_empty() {
            if !honoured {
                return None;
            }
            return self.base_at(doc, j, naming, true);
        }
        let colon = if doc.w(j) == ":" { j + 1 } else { j };
        let bare = Naming { bare: true, ..*naming };
        let mut unit = self.base_at(doc, colon, &bare, true)?;
        unit.titled = true;
        let secretary = titles.contains(&"bí");
        let chair = titles.contains(&"chủ") && unit.codes.iter().any(|c| c.contains("UBND"));
        if secretary && chair {
            let party: Vec<String> = unit
                .codes
                .iter()
                .map(|c| c.replace("UBND-", "TU-").replace("*UBNDT", "*TU"))
                .collect();
            unit.codes.splice(0..0, party);
        }
        if titles.contains(&"bộ") && unit.codes.first().is_some_and(|c| c == "*CQTCP") {
            unit.codes.insert(0, "*BCQNB".to_owned());
        }
        if titles.contains(&"bộ") && unit.codes.first().is_some_and(|c| c == "*BLQ") {
            unit.codes = vec!["*BCQ".to_owned()];
            unit.vague = false;
        }
        Some(unit)
    }

    fn base_at(&self, doc: &Doc, i: usize, naming: &Naming<'_>, titled: bool) -> Option<Unit> {
        let named = self.agency_at(doc, i).map(|(end, target)| {
            let unit = Unit::one(target.code.clone(), end);
            if target.abolished { unit.because(Rule::OldName) } else { unit }
        });
        let candidates = [
            named,
            self.elided_ministries(doc, i),
            self.departments(doc, i, naming),
            self.elided_groups(doc, i),
            local::organ_at(self, doc, i, naming.province),
            provinces::party_at(self, doc, i, titled, naming),
            provinces::at(self, doc, i, naming),
            collective::at(doc, i, titled).map(|found| {
                let rule = if found.vague { Rule::VagueActor } else { Rule::CollectiveActor };
                Unit {
                    codes: found.codes.into_iter().map(str::to_owned).collect(),
                    vague: found.vague,
                    ..Unit::one(String::new(), found.end)
                }
                .because(rule)
            }),
            steering(doc, i, naming),
        ];
        let mut best: Option<Unit> = None;
        for unit in candidates.into_iter().flatten() {
            if best.as_ref().is_none_or(|b| unit.end > b.end) {
                best = Some(unit);
            }
        }
        let mut unit = best?;
        if unit.codes.iter().any(|c| c == "TTBCĐ57")
            && let Some(more) = steering(doc, unit.end, naming).or_else(|| {
                self.agency_at(doc, unit.end)
                    .filter(|(_, t)| t.code.starts_with("BCĐ"))
                    .map(|(end, t)| Unit::one(t.code.clone(), end))
            })
        {
            unit.end = more.end;
        }
        Some(unit)
    }
}

/// "Ban Chỉ đạo" without more, resolved by what the text speaks of.
fn steering(doc: &Doc, i: usize, naming: &Naming<'_>) -> Option<Unit> {
    let end = doc.any(i, &["ban chỉ đạo"]).filter(|_| doc.upper(i))?;
    if naming.province.is_some() || doc.w(end) == "tỉnh" || doc.w(end) == "thành" {
        return None;
    }
    let code = if naming.government_committee { "BCĐCP57" } else { "BCĐTW57" };
    Some(Unit::one(code.to_owned(), end))
}

fn separator(doc: &Doc, end: usize, subject: bool) -> Option<usize> {
    let mut j = end;
    let mut seen = false;
    while matches!(doc.w(j), "," | "và" | "&") || (subject && doc.w(j) == ";") {
        j += 1;
        seen = true;
    }
    if let Some(after) = doc.any(j, &["cùng với", "cùng"]) {
        j = after;
        seen = true;
    }
    (seen && j - end <= 3).then_some(j)
}

/// Brackets and "(có) liên quan", "trực thuộc Trung ương" after a name.
pub(super) fn tail(doc: &Doc, mut end: usize) -> usize {
    loop {
        if doc.w(end) == "(" {
            let Some(close) = (end + 1..end + 40).find(|k| doc.w(*k) == ")") else { return end };
            end = close + 1;
            continue;
        }
        match doc.any(
            end,
            &[
                "có liên quan",
                "liên quan",
                "trực thuộc trung ương",
                "nêu trên",
                "trên cả nước",
                "trong cả nước",
            ],
        ) {
            Some(after) => end = after,
            None => return end,
        }
    }
}

/// The capitalised words after an official's title.
fn person(doc: &Doc, end: usize) -> (usize, String) {
    let end = doc.any(end, &["thường trực chính phủ", "thường trực", "chính phủ"]).unwrap_or(end);
    let mut j = end;
    while j < end + 5 && doc.kind(j) == Kind::Word && doc.upper(j) && doc.is_word(j) {
        j += 1;
    }
    if j - end >= 2 { (j, doc.words(end, j)) } else { (end, String::new()) }
}
