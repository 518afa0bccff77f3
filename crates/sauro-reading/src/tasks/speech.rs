//! Orders in somebody's mouth: "Thủ tướng yêu cầu …", "Phó Thủ tướng nhấn mạnh phải …".

use super::{
    Reader,
    lexicon::{ADVERBS, ASK, DIRECT, PREPOSED, REQUIRE, SPEAKERS, STRESS, VERBS},
    subject::{Place, Subject},
};
use crate::{Rule, model::Strength};

impl Reader<'_> {
    /// "Thủ tướng (đã) yêu cầu …", "Phó Thủ tướng nhấn mạnh phải …", "Chủ tịch UBND tỉnh giao Sở A …".
    pub(super) fn spoken(&self, from: usize, i: usize, place: &Place<'_>) -> Option<Subject> {
        let speaker_at = self.doc.any(i, &["đồng chí", "ông", "bà"]).unwrap_or(i);
        let (mut j, official) = self.speaker(speaker_at, place)?;
        j = self
            .doc
            .any(
                j,
                &[
                    "cũng đã",
                    "cũng",
                    "đã",
                    "tiếp tục",
                    "đồng thời",
                    "còn",
                    "đặc biệt",
                    "một lần nữa",
                ],
            )
            .unwrap_or(j);
        let (k, strength, rule) = self.performative(j).or_else(|| {
            let said = self
                .doc
                .of(j, &DIRECT)
                .filter(|_| official)
                .map(|k| (k, Some(Strength::Binding), Rule::Required));
            let later = || if official { self.later_order(j, place.to) } else { None };
            said.or_else(later)
                .or_else(|| self.doc.of(j, &STRESS).map(|k| (k, None, Rule::Stressed)))
        })?;
        let mut k = k;
        while let Some(next) = self
            .doc
            .any(k, &[",", ":", "rằng", "\"", "cho", "thêm", "và", "một", "trước hết", "trước mắt"])
        {
            k = next;
        }
        if rule != Rule::Stressed
            && let Some((next, _, _)) = self
                .performative(k)
                .filter(|_| self.doc.before(k) == "và" || self.doc.before(k) == ",")
        {
            k = self.doc.any(next, &[":", ","]).unwrap_or(next);
        }
        let official = official || rule == Rule::Requested;
        if !official && rule == Rule::Stressed && self.province.is_none() {
            return None;
        }
        self.told(from, k, strength, rule, official, place)
    }

    /// "Phó Thủ tướng ghi nhận … và yêu cầu …".
    pub(super) fn later_order(
        &self,
        from: usize,
        to: usize,
    ) -> Option<(usize, Option<Strength>, Rule)> {
        (from..to.min(from + 60)).take_while(|k| !matches!(self.doc.w(*k), ";" | ".")).find_map(
            |k| {
                let joined = matches!(self.doc.w(k), "và" | "," | "đồng") && k > from;
                let next = self.doc.any(k, &["và", ", đồng thời", "đồng thời", ","])?;
                joined.then(|| self.performative(next)).flatten()
            },
        )
    }

    pub(super) fn told(
        &self,
        from: usize,
        k: usize,
        strength: Option<Strength>,
        rule: Rule,
        official: bool,
        place: &Place<'_>,
    ) -> Option<Subject> {
        let inner = Place { has_actor: false, ..*place };
        if k >= place.to && rule != Rule::Stressed {
            let work = if self.doc.before(k) == ":" { k.saturating_sub(1) } else { k };
            return Some(Subject {
                from,
                work: work.min(place.to),
                named: from,
                actors: None,
                strength,
                rule,
                spoken: true,
            });
        }
        if rule == Rule::Stressed
            && let Some(found) = self.order(from, k, &inner, true).or_else(|| {
                self.doc.of(k, &REQUIRE).and_then(|_| self.order(from, k, &inner, false))
            })
        {
            return Some(Subject { from, spoken: true, ..found });
        }
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(place.listed) };
        let actors = self.g.actors_at(self.doc, k, &naming, true).filter(|a| a.end <= place.to);
        if let Some(actors) = actors {
            let work = self.skip_comma(actors.end);
            let local = actors
                .codes()
                .any(|c| c.contains('@') || c == "*SBN" || c == "*UBNDX" || c.len() > 8);
            let must = self.doc.any(work, &["cần", "phải", "cần phải", "có trách nhiệm"]).is_some();
            let acts = self.acts(work, place.to, true);
            let obeys = match rule {
                Rule::Stressed => must || self.acts_strictly(work),
                _ => {
                    let does = acts.is_some()
                        || self.doc.w(work) == ":"
                        || official && self.plainly(work, place.to);
                    (official || local) && does
                }
            };
            if obeys && !self.tells(work) {
                let work = self.work_after(work, acts, place.to);
                return Some(Subject {
                    from,
                    work,
                    named: k,
                    actors: Some(actors),
                    strength,
                    rule,
                    spoken: true,
                });
            }
            if rule != Rule::Stressed && !official {
                return None;
            }
        }
        if !official && rule != Rule::Required {
            return None;
        }
        let must = self
            .doc
            .any(k, &["cần", "phải", "cần phải", "tuyệt đối không", "không được", "không để"])
            .is_some();
        let acts = rule != Rule::Stressed
            && (self.doc.of(k, &VERBS).is_some()
                || self.doc.of(k, &ADVERBS).is_some()
                || self.preposed_work(k, place.to)
                || rule == Rule::Required
                    && official
                    && !self.is_noun_phrase(k)
                    && self.plainly(k, place.to));
        let opinion = self.doc.any(k, &["đây", "đó", "nếu", "muốn"]).is_some();
        let stressed = rule == Rule::Stressed
            && !opinion
            && (must
                || self.doc.any(k, &["việc", "nhiệm vụ", "tinh thần"]).is_none()
                    && self.must_soon(k, place.to, self.said_firmly(k)));
        if rule == Rule::Stressed && stressed && self.doc.of(k, &PREPOSED).is_some() && !must {
            let later = self.after_comma_of(from, k, place);
            if later.is_some() {
                return later;
            }
        }
        (must || acts || stressed).then_some(Subject {
            from,
            work: k,
            named: k,
            actors: None,
            strength,
            rule,
            spoken: true,
        })
    }

    /// "Thủ tướng nhấn mạnh: Để …, các bộ phải …".
    pub(super) fn after_comma_of(
        &self,
        from: usize,
        k: usize,
        place: &Place<'_>,
    ) -> Option<Subject> {
        for at in k..place.to.min(k + 60) {
            if self.doc.w(at) == "," {
                let next = at + 1;
                if let Some(found) = self.acting(from, next, place, true) {
                    return Some(Subject { rule: Rule::Stressed, spoken: true, ..found });
                }
                if self.doc.any(next, &["cần", "phải", "cần phải"]).is_some() {
                    return Some(Subject {
                        from,
                        work: next,
                        named: next,
                        actors: None,
                        strength: None,
                        rule: Rule::Stressed,
                        spoken: true,
                    });
                }
            }
        }
        None
    }

    /// "yêu cầu trong tháng 12 hoàn thành …".
    pub(super) fn preposed_work(&self, k: usize, to: usize) -> bool {
        self.doc.of(k, &PREPOSED).is_some()
            && (k..to.min(k + 25)).any(|m| self.doc.w(m) == "," && self.acts_strictly(m + 1))
    }

    /// "nhấn mạnh", "lưu ý" and the like right before `k`, not "cho rằng", "chia sẻ".
    pub(super) fn said_firmly(&self, k: usize) -> bool {
        (1..6).any(|n| {
            k.checked_sub(n).is_some_and(|p| {
                self.doc
                    .any(
                        p,
                        &[
                            "nhấn mạnh",
                            "lưu ý",
                            "chỉ rõ",
                            "nêu rõ",
                            "nhắc nhở",
                            "kết luận",
                            "định hướng",
                        ],
                    )
                    .is_some()
            })
        })
    }

    /// "cần", "phải" within a short reach and before the next full stop, with a verb after it.
    pub(super) fn must_soon(&self, k: usize, to: usize, firm: bool) -> bool {
        for m in k..to.min(k + if firm { 30 } else { 8 }) {
            if self.doc.w(m) == "." || (!firm && self.doc.w(m) == ",") {
                return false;
            }
            if let Some(end) = self.doc.any(m, &["cần phải", "cần", "phải"]) {
                return self.doc.of(end, &VERBS).is_some()
                    || self.doc.of(end, &ADVERBS).is_some()
                    || self
                        .doc
                        .any(
                            end,
                            &[
                                "không",
                                "có",
                                "đạt",
                                "được",
                                "thật",
                                "rõ",
                                "đúng",
                                "đủ",
                                "trở thành",
                            ],
                        )
                        .is_some();
            }
        }
        false
    }

    /// Someone who gives orders, and whether by office of the centre.
    pub(super) fn speaker(&self, i: usize, place: &Place<'_>) -> Option<(usize, bool)> {
        if let Some(end) = self.doc.of(i, &SPEAKERS) {
            return Some((self.skip_name(end), true));
        }
        let naming = crate::gazetteer::Naming { bare: false, ..self.naming(place.listed) };
        if let Some(actors) = self.g.actors_at(self.doc, i, &naming, true) {
            let official = actors.is_official();
            let local = actors
                .codes()
                .all(|c| c.starts_with("UBND-") || c.starts_with("TU-") || c == "*UBNDT");
            let issuer = self.issuer.as_deref().is_some_and(|i| actors.codes().all(|c| c == i));
            let asks = self.doc.of(actors.end, &ASK).is_some();
            if issuer || asks && !place.has_actor {
                return Some((self.skip_name(actors.end), issuer));
            }
            if official || local || actors.titled {
                let end = self.skip_name(actors.end);
                let ours = local
                    && self
                        .province
                        .as_deref()
                        .is_some_and(|p| actors.codes().all(|c| c.ends_with(p)));
                // A text without a head speaks in the name of the one who requires.
                let nameless = self.issuer.is_none()
                    && actors.titled
                    && !place.lenient
                    && !place.has_actor
                    && self.doc.of(end, &REQUIRE).is_some();
                return Some((end, official || nameless || ours && actors.titled));
            }
            return None;
        }
        let end = self.doc.any(
            i,
            &[
                "bộ trưởng",
                "chủ tịch tỉnh",
                "phó chủ tịch tỉnh",
                "bí thư tỉnh ủy",
                "chủ tịch thành phố",
                "phó chủ tịch",
                "chủ tịch",
                "bí thư thành ủy",
                "bí thư",
                "phó bí thư",
                "thứ trưởng",
            ],
        )?;
        let named = self.skip_name(end);
        let ours = self.province.is_some();
        (named > end).then_some((named, ours))
    }

    pub(super) fn skip_name(&self, end: usize) -> usize {
        let mut j = end;
        while j < end + 6 && self.doc.is_word(j) && self.doc.upper(j) {
            j += 1;
        }
        if self.doc.w(j) == "," && j > end {
            // "Thủ tướng A, Trưởng Ban Chỉ đạo, yêu cầu"
            if let Some(close) = (j + 1..j + 16).find(|k| self.doc.w(*k) == ",") {
                let clause_has_verb = (j + 1..close).any(|k| self.doc.of(k, &REQUIRE).is_some());
                if !clause_has_verb
                    && self
                        .doc
                        .any(
                            j + 1,
                            &["trưởng ban", "phó trưởng ban", "bí thư", "chủ tịch", "trưởng"],
                        )
                        .is_some()
                {
                    return close + 1;
                }
            }
        }
        j
    }
}
