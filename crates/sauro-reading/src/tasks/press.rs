//! Orders as the press retells them: "Theo Thủ tướng, …", "…, Thủ tướng nhấn mạnh", "được giao cho …".

use super::{
    Reader,
    lexicon::{REMIND, REQUIRE, SPEAKERS, STRESS},
    subject::{Place, Subject},
};
use crate::Rule;

const MUST: [&str; 6] = ["cần", "phải", "cần phải", "không được", "không để", "tuyệt đối không"];

/// Words that open the name of a body.
const BODIES: [&str; 17] = [
    "kho bạc",
    "cục",
    "tổng cục",
    "viện",
    "hiệp hội",
    "đại học",
    "học viện",
    "trung tâm",
    "tổng công ty",
    "công ty",
    "tập đoàn",
    "ngân hàng",
    "liên đoàn",
    "liên minh",
    "ban quản lý",
    "quỹ",
    "bệnh viện",
];

/// Those whose words are orders; a list of agencies may follow the comma after them.
const OFFICIALS: [&str; 6] = [
    "phó thủ tướng chính phủ",
    "thủ tướng chính phủ",
    "phó thủ tướng",
    "thủ tướng",
    "lãnh đạo chính phủ",
    "chủ tịch quốc hội",
];

impl Reader<'_> {
    /// "Theo Thủ tướng, các địa phương phải …".
    pub(super) fn according(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let speaker = self.doc.any(from, &["theo", "cũng theo", "vẫn theo", "theo đồng chí"])?;
        let end = self.doc.any(speaker, &OFFICIALS).or_else(|| self.doc.of(speaker, &SPEAKERS))?;
        let end = (end..end + 6).find(|k| !self.doc.is_word(*k) || !self.doc.upper(*k))?;
        let comma = self.doc.w(end) == ",";
        comma.then(|| self.must_do(from, end + 1, place, Rule::AccordingTo)).flatten()
    }

    /// "Các bộ phải …, Thủ tướng nhấn mạnh."
    pub(super) fn said_after(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let lowest = place.to.saturating_sub(12).max(from + 3);
        let said = (lowest..place.to).any(|k| {
            let Some(end) = self.doc.any(k, &[",", "\"", "-"]) else { return false };
            let Some((name, true)) = self.speaker(end, place) else { return false };
            let verb = self.doc.any(name, &["đã", "cũng"]).unwrap_or(name);
            [&STRESS, &REMIND, &REQUIRE]
                .iter()
                .any(|list| self.doc.of(verb, list).is_some_and(|close| close + 1 >= place.to))
        });
        said.then(|| self.must_do(from, from, place, Rule::SaidAfter)).flatten()
    }

    /// "Việc này được giao cho Bộ A".
    pub(super) fn given_to(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        if place.has_actor {
            return None;
        }
        (from..place.to.min(from + 40)).find_map(|k| {
            let named = self.doc.any(k, &["được giao cho", "được phân công cho"])?;
            let naming = self.naming(place.listed);
            let actors = self.g.actors_at(self.doc, named, &naming, true)?;
            (actors.end <= place.to && !actors.is_official()).then_some(Subject {
                from,
                work: from,
                named,
                actors: Some(actors),
                strength: None,
                rule: Rule::PassiveOrder,
                spoken: false,
            })
        })
    }

    /// "Kho bạc Nhà nước kết nối …": a body the catalogue does not list, before a verb.
    pub(super) fn unlisted(&self, begin: usize, to: usize) -> bool {
        let body = self.doc.upper(begin) && self.doc.any(begin, &BODIES).is_some();
        body && (begin + 2..to.min(begin + 14))
            .take_while(|k| !matches!(self.doc.w(*k), ":" | ";" | "." | "đã" | "đang" | "là"))
            .any(|k| !self.doc.upper(k) && self.acts_strictly(k))
    }

    /// "(các bộ) cần …", "phải …" at `i`.
    fn must_do(&self, from: usize, i: usize, place: &Place<'_>, rule: Rule) -> Option<Subject> {
        // Said at the end of the sentence, it goes on with the clause before.
        let spoken = rule == Rule::AccordingTo;
        if let Some(found) = self.acting(from, i, place, true) {
            let must = self.doc.any(found.work, &MUST).is_some();
            return must.then_some(Subject { rule, spoken, ..found });
        }
        let end = self.doc.any(i, &MUST)?;
        self.acts_strictly(end).then_some(Subject {
            from,
            work: i,
            named: i,
            actors: None,
            strength: None,
            rule,
            spoken,
        })
    }
}
