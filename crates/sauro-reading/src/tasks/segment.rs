//! Sentences and clauses of a stretch of text.

use super::{
    Reader,
    lexicon::{NEVER, VERBS},
    subject::{Place, Subject},
};
use crate::{
    deadline::{Hit, Reading, find},
    text::Kind,
};

/// One clause.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) subject: Option<Subject>,
    pub(super) hits: Vec<Hit>,
    /// Begins with a verb or an adverb of order.
    pub(super) acts: bool,
    /// Praise, judgement, farewell.
    pub(super) never: bool,
    /// "Trong quá trình thực hiện, nếu có vướng mắc …": a formula, whoever is named in it.
    pub(super) closing: bool,
    /// Begins a sentence.
    pub(super) sentence: bool,
}

impl Reader<'_> {
    /// Ends of sentences and clauses in `from..to`, marks included.
    pub(super) fn cuts(&self, from: usize, to: usize) -> Vec<(usize, usize, bool)> {
        let (mut out, mut depth, mut start, mut sentence) = (Vec::new(), 0i32, from, true);
        let mut quoted = false;
        for i in from..to {
            let w = self.doc.w(i);
            match w {
                "(" => depth += 1,
                ")" => depth = (depth - 1).max(0),
                "\"" => quoted = !quoted,
                _ => {}
            }
            let next_upper = i + 1 >= to || self.doc.upper(i + 1) || !self.doc.is_word(i + 1);
            let stop = match w {
                "." => next_upper && !self.is_abbreviation(i) && depth == 0,
                "./." | "!" | "?" => true,
                "…" => i + 1 < to && self.doc.upper(i + 1) && depth == 0 && !quoted,
                ";" => depth == 0,
                _ => false,
            };
            if stop {
                out.push((start, i + 1, sentence));
                start = i + 1;
                sentence = w != ";";
                if w != ";" {
                    depth = 0;
                }
            }
        }
        if start < to {
            out.push((start, to, sentence));
        }
        out
    }

    /// "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về …".
    fn is_closing(&self, from: usize, to: usize) -> bool {
        let opens = self
            .doc
            .any(
                from,
                &[
                    "trong quá trình",
                    "quá trình",
                    "nếu có",
                    "trường hợp có",
                    "trên đây là",
                    "nhận được",
                ],
            )
            .is_some();
        let formula = [
            "vướng mắc",
            "phát sinh",
            "khó khăn",
            "trên đây",
            "nghiêm túc thực hiện",
            "căn cứ triển khai",
        ]
        .iter()
        .any(|p| self.doc.has(from, to, p));
        let last_words = matches!(self.doc.before(to), "./.") && to - from <= 30;
        let farewell = self.doc.any(from, &["yêu cầu", "đề nghị", "căn cứ", "nhận được"]).is_some()
            && self.doc.any(to.saturating_sub(3), &["thực hiện"]).is_some();
        (opens && formula) || (last_words && farewell)
    }

    fn is_abbreviation(&self, dot: usize) -> bool {
        let before = dot.wrapping_sub(1);
        let glued = self.doc.token(dot).is_some_and(|t| t.glued);
        glued
            && (matches!(
                self.doc.w(before),
                "tp" | "ts" | "ths" | "gs" | "pgs" | "p" | "q" | "tx" | "st" | "v"
            ) && self.doc.kind(before) == Kind::Word)
    }

    /// The clauses of `from..to` with their heads and deadlines. `first_at` is where the head of the first may already be known.
    pub(super) fn segments(
        &self,
        from: usize,
        to: usize,
        place: &Place<'_>,
        lead: Option<Subject>,
    ) -> Vec<Segment> {
        let mut out: Vec<Segment> = Vec::new();
        let mut known = lead;
        let mut officials = place.officials;
        for (start, end, sentence) in self.cuts(from, to) {
            if let Some(last) = known.as_ref().filter(|k| k.work >= end) {
                // The list of those told runs over this cut: go on until the work begins.
                if last.work < to {
                    continue;
                }
            }
            let here = Place { to: end, officials, ..*place };
            let (start, subject) = match known.take() {
                Some(subject) => (from, Some(subject)),
                None => (start, self.subject(start, &here)),
            };
            officials |= subject.as_ref().is_some_and(|s| {
                s.actors.as_ref().is_some_and(crate::gazetteer::Actors::is_official)
            });
            let here = Place { officials, ..here };
            for (a, b, subject) in self.inner(start, end, subject, &here) {
                let begin = self.skip_joints(a, b);
                out.push(Segment {
                    from: a,
                    to: b,
                    hits: find(
                        self.doc,
                        subject.as_ref().map_or(a, |s| s.from),
                        b,
                        self.issued,
                        Reading::Prose,
                    ),
                    acts: self.acts_strictly(begin)
                        || self
                            .doc
                            .any(begin, &["việc", "về"])
                            .is_some_and(|k| self.doc.of(k, &VERBS).is_some()),
                    never: self.doc.of(begin, &NEVER).is_some(),
                    closing: self.is_closing(begin, b),
                    sentence: sentence && a == start,
                    subject,
                });
            }
        }
        out
    }

    /// Cuts a clause where a comma brings in someone new: "Bộ A …, Bộ B tổng hợp …".
    fn inner(
        &self,
        from: usize,
        to: usize,
        first: Option<Subject>,
        place: &Place<'_>,
    ) -> Vec<(usize, usize, Option<Subject>)> {
        let mut out = Vec::new();
        let mut start = from;
        let mut subject = first;
        let mut k = subject.as_ref().map_or(from, |s| s.work).max(from);
        let mut depth = 0i32;
        while k < to {
            match self.doc.w(k) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," if depth <= 0 && subject.is_some() => {
                    if let Some((cut, next)) = self.newcomer(k, to, start, place) {
                        out.push((start, cut, subject.take()));
                        k = next.work.max(k + 1);
                        start = cut;
                        subject = Some(next);
                        continue;
                    }
                }
                _ => {}
            }
            k += 1;
        }
        out.push((start, to, subject));
        out
    }

    /// Someone new after the comma at `k`: fresh, or after "trên cơ sở … của X,".
    fn newcomer(
        &self,
        k: usize,
        to: usize,
        from: usize,
        place: &Place<'_>,
    ) -> Option<(usize, Subject)> {
        let inner = Place { to, ..*place };
        let next = self.doc.any(k + 1, &["và", "đồng thời", "còn"]).unwrap_or(k + 1);
        let actors = self.g.actors_at(self.doc, next, &self.naming(place.listed), false)?;
        if actors.is_official() && !place.officials {
            return None;
        }
        let named = !actors.vague && self.doc.upper(next);
        let strong = self
            .doc
            .any(
                actors.end,
                &[
                    "phối hợp với",
                    "chủ trì",
                    "có trách nhiệm",
                    "chịu trách nhiệm",
                    "khẩn trương",
                    "tổng hợp",
                    "chủ động",
                    "phụ trách",
                    "tiếp tục",
                    "tham mưu",
                    "hướng dẫn",
                    "rà soát",
                    "xây dựng",
                    "hoàn thiện",
                    "cần",
                    "phải",
                    "tập trung",
                    "kịp thời",
                ],
            )
            .or_else(|| self.doc.of(actors.end, &VERBS).filter(|_| named))?;
        if strong > to || actors.end >= to {
            return None;
        }
        // Where the comma chunk begins, and whether an agency stands right before the comma.
        let chunk =
            (from..k).rev().find(|j| matches!(self.doc.w(*j), "," | ";")).map_or(from, |j| j + 1);
        let preposed = self
            .doc
            .any(chunk, &["trên cơ sở", "căn cứ", "sau khi", "theo", "từ", "qua"])
            .is_some();
        let joined = !preposed && self.ends_with_actor(from, k, place);
        if joined {
            return None;
        }
        let cut = if preposed && chunk > from { chunk } else { k + 1 };
        let subject = self.subject(next, &inner).filter(|s| s.actors.is_some())?;
        Some((cut, subject))
    }

    /// Whether a name of an agency ends right before token `k` (a list that the comma goes on with).
    fn ends_with_actor(&self, from: usize, k: usize, place: &Place<'_>) -> bool {
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(place.listed) };
        let lowest = k.saturating_sub(30).max(from);
        (lowest..k).any(|j| {
            self.g
                .actors_at(self.doc, j, &naming, false)
                .is_some_and(|a| a.end == k || (j < k && a.end > k))
        })
    }
}
