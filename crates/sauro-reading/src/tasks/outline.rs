//! What the lines above say about the items below.

use super::{Reader, lexicon::INTRO, subject::Subject};
use crate::{
    Rule,
    gazetteer::Actors,
    model::{AgencyRef, Strength},
};

/// What holds at a place of the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Those told to do the items below.
    pub(super) actors: Option<Actors>,
    pub(super) coordinating: Vec<AgencyRef>,
    pub(super) strength: Option<Strength>,
    pub(super) rules: Vec<Rule>,
    /// A sentence above orders the list ("… yêu cầu:").
    pub(super) under_order: bool,
    /// A section of tasks.
    pub(super) section: bool,
    /// A section that judges what was done.
    pub(super) judging: bool,
    /// A directive's title stands above and no section has begun.
    pub(super) titled: bool,
    /// An official's order was seen before this place.
    pub(super) cue: bool,
    /// The clause stands in an enumerated item.
    pub(super) item: bool,
    /// Running text without enumeration (press report).
    pub(super) loose: bool,
    /// First token of the item's own words.
    pub(super) body: usize,
    /// Deadlines said once for all items below.
    pub(super) hits: Vec<crate::deadline::Hit>,
}

impl Context {
    /// Items here are orders unless they plainly are not.
    pub(super) fn lenient(&self) -> bool {
        self.item && !self.judging && (self.under_order || self.section || self.titled)
    }
}

const KINDS: [&str; 11] = [
    "kế hoạch",
    "thông báo",
    "thông báo kết luận",
    "công điện",
    "chỉ thị",
    "kết luận",
    "quyết định",
    "chương trình",
    "chương trình hành động",
    "nghị quyết",
    "hướng dẫn",
];
const JUDGING: [&str; 16] = [
    "đánh giá",
    "kết quả đạt được",
    "kết quả",
    "tồn tại",
    "hạn chế",
    "nguyên nhân",
    "tình hình",
    "bối cảnh",
    "mục đích",
    "quan điểm",
    "mục tiêu",
    "ưu điểm",
    "khó khăn",
    "căn cứ",
    "sự cần thiết",
    "bài học",
];
const ORDERING: [&str; 14] = [
    "nhiệm vụ",
    "giải pháp",
    "tổ chức thực hiện",
    "phân công",
    "kiến nghị",
    "chỉ đạo",
    "yêu cầu",
    "kết luận",
    "thời gian tới",
    "nội dung thực hiện",
    "nội dung",
    "trách nhiệm",
    "kế hoạch thực hiện",
    "tổ chức triển khai",
];

impl Reader<'_> {
    /// What a heading says about its section: judging, ordering.
    pub(super) fn section_of(&self, from: usize, to: usize) -> (bool, bool) {
        let has = |list: &[&str]| list.iter().any(|p| self.doc.has(from, to, p));
        let orders = has(&ORDERING)
            && !self.doc.has(from, to, "mục đích")
            && !self.doc.has(from, to, "kết quả thực hiện")
            && !self.doc.has(from, to, "tình hình thực hiện");
        (has(&JUDGING) && !orders, orders)
    }

    /// The name of a kind of directive in capitals and nothing else: "KẾ HOẠCH".
    pub(super) fn names_kind(&self, from: usize, to: usize) -> bool {
        let caps =
            (from..to).all(|i| self.doc.is_word(i) && self.doc.token(i).is_some_and(|t| t.caps));
        caps && self.doc.any(from, &KINDS).is_some_and(|end| end == to)
    }

    /// A heading: in capitals, or a short labelled line without an end mark.
    pub(super) fn is_heading(&self, from: usize, to: usize, labelled: bool) -> bool {
        let words = (from..to).filter(|i| self.doc.is_word(*i)).count();
        let caps = (from..to)
            .filter(|i| self.doc.is_word(*i) && self.doc.token(*i).is_some_and(|t| t.caps))
            .count();
        let shouting = words > 0 && caps * 10 >= words * 7 && words > 1;
        let open = !matches!(self.doc.before(to), "." | ";" | "./." | "," | ":" | "\"" | "!");
        shouting || (labelled && open && words <= 40)
    }

    /// The first colon of `from..to` outside brackets that is not part of a list of names.
    pub(super) fn colon(&self, from: usize, to: usize) -> Option<usize> {
        let mut depth = 0i32;
        for i in from..to {
            match self.doc.w(i) {
                "(" => depth += 1,
                ")" => depth -= 1,
                ":" if depth <= 0 => return Some(i),
                "." if depth <= 0 && i + 1 < to && self.doc.upper(i + 1) => return None,
                _ => {}
            }
        }
        None
    }

    /// After the one who is told, only words of introduction up to `to`: "Bộ A chủ trì, phối hợp với Bộ B:".
    pub(super) fn only_introduces(&self, from: usize, to: usize) -> bool {
        let mut i = from;
        let naming = self.naming(&[]);
        let mut listed = false;
        while i < to {
            if let Some(end) = self.doc.any(
                i,
                &[
                    "phối hợp với",
                    "phối hợp cùng",
                    "phối hợp chặt chẽ với",
                    "phối hợp",
                    "cùng với",
                    "cùng",
                ],
            ) {
                i = self.g.actors_at(self.doc, end, &naming, true).map_or(end, |a| a.end);
                listed = true;
                continue;
            }
            if self.doc.w(i) == "(" {
                i = (i..to).find(|k| self.doc.w(*k) == ")").map_or(to, |k| k + 1);
                continue;
            }
            if let Some(hit) =
                crate::deadline::find(self.doc, i, to, self.issued, crate::deadline::Reading::Prose)
                    .into_iter()
                    .find(|h| h.from == i)
            {
                i = hit.to;
                continue;
            }
            if let Some(end) = self.doc.any(i, &["lãnh đạo", "chỉ đạo"])
                && let Some(actors) = self.g.actors_at(self.doc, end, &naming, true)
            {
                i = actors.end;
                continue;
            }
            match self.doc.of(i, &INTRO) {
                Some(end) => i = end,
                None if listed && self.doc.w(i) == "," => i += 1,
                None => return false,
            }
        }
        true
    }

    /// The context that a header gives to its items.
    pub(super) fn below(
        &self,
        context: &Context,
        subject: Option<&Subject>,
        coordinating: Vec<AgencyRef>,
    ) -> Context {
        let mut out =
            Context { under_order: true, rules: vec![Rule::ListUnderOrder], ..context.clone() };
        if let Some(subject) = subject {
            out.strength = subject.strength.or(context.strength);
            out.cue |= subject.spoken;
            if let Some(actors) = &subject.actors {
                out.actors = Some(actors.clone());
                out.coordinating = coordinating;
                out.rules = vec![Rule::BlockHeader];
                if subject.rule != Rule::SubjectActs {
                    out.rules.push(subject.rule);
                }
            } else {
                out.rules.push(subject.rule);
            }
        }
        out
    }
}
