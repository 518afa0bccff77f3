//! The words of one item: numbered parts inside it, or clauses.

use super::{
    Raw, Reader,
    lexicon::NOUN_LIST,
    outline::Context,
    subject::{Place, Subject},
};
use crate::{
    Rule,
    text::{LabelKind, bracketed, small_roman},
};

/// A number in brackets inside a paragraph.
struct Marker {
    at: usize,
    body: usize,
}

impl Reader<'_> {
    /// Tasks of `from..to`.
    pub(super) fn content(
        &self,
        from: usize,
        to: usize,
        context: &Context,
        listed: &[String],
        known: Option<Subject>,
        depth: usize,
    ) -> Vec<Raw> {
        if depth < 3
            && let Some(raws) = self.numbered(from, to, context, listed, known.as_ref(), depth)
        {
            return raws;
        }
        let place = Place {
            to,
            listed,
            has_actor: context.actors.is_some(),
            officials: false,
            lenient: context.lenient(),
        };
        let segments = self.segments(from, to, &place, known);
        let mut raws = self.group(segments, context);
        let mut here = context.clone();
        raws.retain(|raw| {
            here.cue |= raw
                .rules
                .iter()
                .any(|r| matches!(r, Rule::Assigned | Rule::Required | Rule::Requested));
            self.may_stand(raw, &here)
        });
        for raw in &mut raws {
            raw.hits.extend(context.hits.iter().cloned());
        }
        raws
    }

    /// Whether a task may be taken from this part of the text at all.
    fn may_stand(&self, raw: &Raw, context: &Context) -> bool {
        let ordered = raw
            .rules
            .iter()
            .any(|r| matches!(r, Rule::Assigned | Rule::Required | Rule::Requested));
        let responsible = self.doc.any(raw.work, &["phải", "cần"]).unwrap_or(raw.work);
        let only_responsible = self
            .doc
            .any(
                responsible,
                &[
                    "chịu trách nhiệm trước",
                    "chịu trách nhiệm thi hành",
                    "chịu trách nhiệm về",
                    "chịu trách nhiệm toàn diện",
                ],
            )
            .is_some()
            && !self.doc.has(raw.from, raw.to, ";");
        if only_responsible {
            return false;
        }
        if context.judging {
            return ordered && raw.actors.is_some();
        }
        let inherits =
            raw.rules.iter().any(|r| matches!(r, Rule::BlockHeader | Rule::ListUnderOrder));
        let directive =
            context.section || context.under_order || context.actors.is_some() || context.cue;
        if raw.rules.contains(&Rule::SubjectActs) && !ordered && !inherits {
            let charged = self
                .doc
                .any(raw.work, &["được giao", "được phân công", "được yêu cầu", "có trách nhiệm"])
                .is_some();
            let opens = self
                .doc
                .any(
                    raw.work,
                    &[
                        "chủ trì",
                        "khẩn trương",
                        "tiếp tục",
                        "tập trung",
                        "chủ động",
                        "phối hợp với",
                        "theo dõi",
                        "phải",
                        "cần",
                    ],
                )
                .is_some();
            let titled = context.titled && context.item;
            return directive || charged || titled || (context.item && opens);
        }
        true
    }

    fn numbered(
        &self,
        from: usize,
        to: usize,
        context: &Context,
        listed: &[String],
        known: Option<&Subject>,
        depth: usize,
    ) -> Option<Vec<Raw>> {
        let markers = self.markers(from, to);
        let first = markers.first().filter(|_| markers.len() >= 2)?;
        let mut inner = context.clone();
        let mut raws = Vec::new();
        if first.at > from {
            let place = Place {
                to: first.at,
                listed,
                has_actor: context.actors.is_some(),
                officials: false,
                lenient: context.lenient(),
            };
            let subject = known
                .cloned()
                .filter(|s| s.work <= first.at)
                .or_else(|| self.subject(from, &place));
            let work =
                subject.as_ref().map_or_else(|| self.skip_joints(from, first.at), |s| s.work);
            let before = first.at.saturating_sub(1);
            let announced = matches!(self.doc.w(before), ":" | ";" | ".");
            let nouns = (before.saturating_sub(4).max(from)..before).any(|k| {
                self.doc.of(k, &NOUN_LIST).is_some_and(|end| end >= before.saturating_sub(1))
            });
            let introduces = self.only_introduces(work, first.at);
            if !introduces && (nouns || !announced) {
                return None;
            }
            if !introduces
                && self.acts_strictly(work)
                && (context.actors.is_some() || subject.is_some())
            {
                let segments = self.segments(from, first.at, &place, subject.clone());
                raws = self.group(segments, context);
                raws.retain(|raw| self.may_stand(raw, context));
            }
            if subject.is_some() || introduces {
                inner = self.below(context, subject.as_ref(), self.coordinating(work, first.at));
                if subject.is_none() {
                    inner.actors.clone_from(&context.actors);
                    inner.under_order =
                        context.under_order || context.actors.is_some() || context.section;
                    inner.rules.clone_from(&context.rules);
                }
            }
        }
        inner.item = true;
        for (k, marker) in markers.iter().enumerate() {
            let end = markers.get(k + 1).map_or(to, |next| next.at);
            let (mut parts, _) = self.item(marker.body, end, &inner, listed, depth + 1);
            for part in &mut parts {
                if part.from <= marker.body {
                    part.from = marker.at;
                }
                part.rules.push(Rule::InlineNumbers);
                part.label.get_or_insert_with(|| self.doc.words(marker.at, marker.body));
            }
            raws.extend(parts);
        }
        Some(raws)
    }

    /// Where the numbers after the first stand, when a paragraph's own label is the first.
    pub(super) fn later_markers(&self, from: usize, to: usize, kind: LabelKind) -> Vec<usize> {
        let value = |i: usize| match kind {
            LabelKind::Bracket => self.doc.number(i + 1),
            _ => small_roman(self.doc.w(i + 1)),
        };
        let Some(mut last) = value(from) else { return Vec::new() };
        let mut out = Vec::new();
        for i in from + 3..to {
            let found = bracketed(self.doc, i).filter(|(k, body)| {
                *k == kind && *body < to && matches!(self.doc.before(i), ";" | "." | ",")
            });
            if found.is_some() && value(i) == Some(last + 1) {
                out.push(i);
                last += 1;
            }
        }
        out
    }

    /// Brackets of the first family found, counting up from one.
    fn markers(&self, from: usize, to: usize) -> Vec<Marker> {
        let mut out: Vec<Marker> = Vec::new();
        let mut family: Option<LabelKind> = None;
        let mut expected = 1;
        for i in from..to {
            let Some((kind, body)) = bracketed(self.doc, i).filter(|(_, body)| *body < to) else {
                continue;
            };
            let opens =
                i == from || matches!(self.doc.before(i), ":" | ";" | "." | "," | "và" | "là");
            let value = match kind {
                LabelKind::Bracket => self.doc.number(i + 1).unwrap_or(0),
                LabelKind::SmallRoman => small_roman(self.doc.w(i + 1)).unwrap_or(0),
                _ => continue,
            };
            if family.is_none() && value == 1 && opens {
                family = Some(kind);
            }
            if family == Some(kind) && opens && (expected..expected + 2).contains(&value) {
                out.push(Marker { at: i, body });
                expected = value + 1;
            }
        }
        out
    }
}
