//! Who is told to do it: the head of a clause.

use super::{
    Reader,
    lexicon::{
        ADVERBS, ASK, BEFORE_ACTOR, JOINTS, SPEAKERS, TOLD, DIRECT, GIVE, NO_VERB, PREPOSED, REMIND, REQUIRE, STRESS,
        TELLING, VERBS,
    },
};
use crate::{Rule, gazetteer::Actors, model::Strength};

/// The head of a clause that orders.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// First token that belongs to the order.
    pub(super) from: usize,
    /// First token of the work.
    pub(super) work: usize,
    /// First token of the name of those told.
    pub(super) named: usize,
    pub(super) actors: Option<Actors>,
    pub(super) strength: Option<Strength>,
    pub(super) rule: Rule,
    /// An official speaks in it.
    pub(super) spoken: bool,
}

/// What is known where the clause stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) to: usize,
    pub(super) listed: &'a [String],
    /// Somebody is already told to do the items here.
    pub(super) has_actor: bool,
    /// Officials may be told too: "Giao Phó Thủ tướng A …; Phó Thủ tướng B …".
    pub(super) officials: bool,
    /// A name followed by any verb is an order here.
    pub(super) lenient: bool,
}

impl Reader<'_> {
    /// The head of the clause at `from`.
    pub(super) fn subject(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let from = self.skip_joints(from, place.to);
        self.at_start(from, place).or_else(|| self.after_comma(from, place))
    }

    fn at_start(&self, i: usize, place: &Place<'_>) -> Option<Subject> {
        let reminded = || {
            let k = self.doc.of(i, &REMIND).filter(|_| !place.has_actor)?;
            let k = self.doc.any(k, &[":", ",", "rằng"]).unwrap_or(k);
            self.told(i, k, None, Rule::Stressed, true, place)
        };
        self.order(i, i, place, false)
            .or_else(|| self.spoken(i, i, place))
            .or_else(reminded)
            .or_else(|| self.acting(i, i, place, false))
    }

    /// "Để …, Bộ A khẩn trương …", "Về …, Thủ tướng yêu cầu …".
    fn after_comma(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let preposed = self.doc.of(from, &BEFORE_ACTOR).is_some();
        let mut depth = 0i32;
        for k in from..place.to.min(from + 160) {
            if self.doc.w(k) == "."
                && depth <= 0
                && self.doc.upper(k + 1)
                && self.doc.is_word(k + 1)
                && k > from + 2
            {
                return None;
            }
            match self.doc.w(k) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," | ":" | "\"" | "-" | "." if depth <= 0 => {
                    let next = self.skip_joints(k + 1, place.to);
                    let found = self
                        .spoken(from, next, place)
                        .or_else(|| self.order(from, next, place, true));
                    let found = found.or_else(|| {
                        if (preposed && self.doc.w(k) == ",") || self.doc.w(k) == ":" {
                            self.acting(from, next, place, true)
                        } else {
                            None
                        }
                    });
                    if found.is_some() {
                        return found;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// "giao Bộ A …", "yêu cầu các bộ …", "đề nghị …" at `i`.
    fn order(&self, from: usize, i: usize, place: &Place<'_>, inside: bool) -> Option<Subject> {
        let (mut j, strength, rule) = self.performative(i)?;
        if place.has_actor && rule == Rule::Required {
            return None;
        }
        j = self
            .doc
            .any(
                j,
                &["cho", ":", "đối với", ",", "rằng", "một", "cho đồng chí", "cho các đồng chí"],
            )
            .unwrap_or(j);
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(place.listed) };
        let actors = self.g.actors_at(self.doc, j, &naming, true).filter(|a| a.end <= place.to);
        if let Some(actors) = actors {
            let work = self.skip_comma(actors.end);
            if place.has_actor
                && self.doc.w(i) == "phân"
                && actors.codes().all(|c| c.starts_with('*'))
            {
                return None;
            }
            let acts = self.acts(work, place.to, true);
            let obeys = rule != Rule::Requested
                || acts.is_some()
                || work >= place.to
                || self.doc.w(work) == ":";
            if obeys && !self.tells(work) {
                let work = acts.unwrap_or(work);
                return Some(Subject {
                    from,
                    work,
                    named: j,
                    actors: Some(actors),
                    strength,
                    rule,
                    spoken: false,
                });
            }
        }
        let acts = self.doc.of(j, &VERBS).or_else(|| self.doc.of(j, &ADVERBS)).is_some();
        let free = rule != Rule::Assigned && !inside && acts;
        free.then_some(Subject {
            from,
            work: j,
            named: j,
            actors: None,
            strength,
            rule,
            spoken: false,
        })
    }

    fn performative(&self, i: usize) -> Option<(usize, Option<Strength>, Rule)> {
        if let Some(j) = self.doc.of(i, &GIVE) {
            return Some((j, Some(Strength::Binding), Rule::Assigned));
        }
        if let Some(j) = self.doc.of(i, &REQUIRE) {
            return Some((j, Some(Strength::Binding), Rule::Required));
        }
        self.doc.of(i, &ASK).map(|j| (j, Some(Strength::Request), Rule::Requested))
    }

    /// "Thủ tướng (đã) yêu cầu …", "Phó Thủ tướng nhấn mạnh phải …", "Chủ tịch UBND tỉnh giao Sở A …".
    fn spoken(&self, from: usize, i: usize, place: &Place<'_>) -> Option<Subject> {
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
        while let Some(next) =
            self.doc.any(k, &[",", ":", "rằng", "\"", "cho", "thêm", "và", "một"])
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
    fn later_order(&self, from: usize, to: usize) -> Option<(usize, Option<Strength>, Rule)> {
        (from..to.min(from + 60)).take_while(|k| !matches!(self.doc.w(*k), ";" | ".")).find_map(
            |k| {
                let joined = matches!(self.doc.w(k), "và" | "," | "đồng") && k > from;
                let next = self.doc.any(k, &["và", ", đồng thời", "đồng thời", ","])?;
                joined.then(|| self.performative(next)).flatten()
            },
        )
    }

    fn told(
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
                _ => (official || local) && (acts.is_some() || self.doc.w(work) == ":"),
            };
            if obeys && !self.tells(work) {
                let work = acts.unwrap_or(work);
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
                || self.preposed_work(k, place.to));
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
    fn after_comma_of(&self, from: usize, k: usize, place: &Place<'_>) -> Option<Subject> {
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
    fn preposed_work(&self, k: usize, to: usize) -> bool {
        self.doc.of(k, &PREPOSED).is_some()
            && (k..to.min(k + 25)).any(|m| self.doc.w(m) == "," && self.acts_strictly(m + 1))
    }

    /// "nhấn mạnh", "lưu ý" and the like right before `k`, not "cho rằng", "chia sẻ".
    fn said_firmly(&self, k: usize) -> bool {
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
    fn must_soon(&self, k: usize, to: usize, firm: bool) -> bool {
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
    fn speaker(&self, i: usize, place: &Place<'_>) -> Option<(usize, bool)> {
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
                return Some((end, official || ours && actors.titled));
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

    fn skip_name(&self, end: usize) -> usize {
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

    /// "Bộ A (khẩn trương) làm …" at `i`.
    fn acting(&self, from: usize, i: usize, place: &Place<'_>, strict: bool) -> Option<Subject> {
        let naming = crate::gazetteer::Naming { bare: !strict, ..self.naming(place.listed) };
        let actors = self.g.actors_at(self.doc, i, &naming, true).filter(|a| a.end <= place.to)?;
        let work = self.skip_comma(actors.end);
        let deputy = actors.codes().all(|c| c == "PTTg") && (place.officials || self.doc.any(work, &["được giao", "được phân công"]).is_some());
        if actors.is_official() && !deputy {
            return None;
        }
        if work >= place.to || self.tells(work) || self.told_only(work) {
            return None;
        }
        let plain = place.lenient
            && (i == from || self.doc.upper(i))
            && self.doc.is_word(work)
            && !self.doc.upper(work)
            && self.doc.of(work, &NO_VERB).is_none();
        if plain {
            return Some(Subject {
                from,
                work,
                named: i,
                actors: Some(actors),
                strength: None,
                rule: Rule::SubjectActs,
                spoken: false,
            });
        }
        let work = if strict {
            self.acts_strictly(work).then_some(work)
        } else {
            self.acts(work, place.to, false)
        }?;
        let begins_well = self.doc.upper(i) || !self.doc.is_word(i) || i == from || strict;
        begins_well.then_some(Subject {
            from,
            work,
            named: i,
            actors: Some(actors),
            strength: None,
            rule: Rule::SubjectActs,
            spoken: false,
        })
    }

    fn told_only(&self, i: usize) -> bool {
        self.doc.of(i, &TOLD).is_some()
    }

    fn tells(&self, i: usize) -> bool {
        let w = self.doc.w(i);
        TELLING.contains(&w)
            && !(w == "có"
                || self
                    .doc
                    .any(i, &["là đầu mối", "là cơ quan đầu mối", "đang thực hiện"])
                    .is_some())
    }

    /// A verb of action or an adverb of order at `i`, at once.
    pub(super) fn acts_strictly(&self, i: usize) -> bool {
        (self.doc.of(i, &VERBS).is_some() || self.doc.of(i, &ADVERBS).is_some())
            && !self.told_only(i)
    }

    /// As above, after "theo chức năng, nhiệm vụ …", "tại khu vực …", "căn cứ …".
    pub(super) fn acts(&self, i: usize, to: usize, ordered: bool) -> Option<usize> {
        if self.acts_strictly(i) {
            return Some(i);
        }
        const DETOURS: [&str; 32] = [
            "theo",
            "căn cứ",
            "trên",
            "trên cơ sở",
            "với",
            "trong",
            "tại",
            "từ",
            "bằng",
            "thuộc",
            "ở",
            "có",
            "chịu",
            "vùng",
            "khu vực",
            "cả",
            "nơi",
            "qua",
            "ngoài",
            "(",
            "nhất là",
            "mà",
            "của",
            "cấp",
            "ven",
            "đặc biệt là",
            "bám",
            "sau",
            "tùy",
            "phía",
            "đơn",
            "quốc",
        ];
        if !ordered && self.doc.any(i, &DETOURS).is_none() {
            return None;
        }
        let stop = (i..to.min(i + 45)).find(|k| {
            matches!(self.doc.w(*k), ";" | "." | ":" | "./.")
                || (matches!(self.doc.w(*k), "đã" | "đang" | "vừa")
                    && self.doc.at(*k, "đã được").is_none())
        });
        let tells = stop.is_some_and(|k| matches!(self.doc.w(k), "đã" | "đang" | "vừa"));
        let end = stop.unwrap_or(to.min(i + 45));
        const OPENERS: [&str; 15] = [
            "khẩn trương",
            "chủ động",
            "chủ trì",
            "tiếp tục",
            "tập trung",
            "kịp thời",
            "quyết liệt",
            "có trách nhiệm",
            "chịu trách nhiệm",
            "nghiêm túc",
            "cần",
            "phải",
            "tích cực",
            "trực tiếp",
            "phối hợp",
        ];
        if let Some(k) = (i..end.min(i + 28)).find(|k| self.doc.any(*k, &OPENERS).is_some()) {
            return Some(k);
        }
        if tells {
            return None;
        }
        let mut at_break = false;
        for k in i..end {
            let w = self.doc.w(k);
            if ((at_break || ordered && k < i + 12) && self.doc.of(k, &VERBS).is_some())
                || (k > i + 2 && self.doc.of(k, &VERBS).is_some_and(|end| end > k + 1))
            {
                return Some(k);
            }
            at_break = w == "," || w == ")";
        }
        None
    }

    fn skip_comma(&self, i: usize) -> usize {
        let mut j = i;
        while matches!(self.doc.w(j), "," | "\"") {
            j += 1;
        }
        self.doc.any(j, &["cũng", "còn"]).unwrap_or(j)
    }

    /// "đồng thời,", "trong đó,", quotes and dashes at the start of a clause.
    pub(super) fn skip_joints(&self, from: usize, to: usize) -> usize {
        let mut j = from;
        while j < to {
            let next = self.doc.of(j, &JOINTS);
            match next {
                Some(n) => j = n,
                None => break,
            }
        }
        j.min(to)
    }
}
