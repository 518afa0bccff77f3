//! One item: its header, its topic, its content.

use super::{
    Raw, Reader,
    lexicon::NOUN_LIST,
    outline::Context,
    subject::{Place, Subject},
};
use crate::{
    Rule,
    gazetteer::Actors,
    text::{LabelKind, Paragraph},
};

impl Reader<'_> {
    /// "(1) …; (2) …" in one paragraph whose own label is the first number.
    pub(super) fn parts(&self, p: &Paragraph) -> Vec<Paragraph> {
        let numbered = p
            .label
            .as_ref()
            .filter(|l| matches!(l.kind, LabelKind::Bracket | LabelKind::SmallRoman));
        let Some(label) = numbered else { return vec![p.clone()] };
        let cuts = self.later_markers(p.from, p.to, label.kind);
        let mut out = vec![Paragraph { to: cuts.first().copied().unwrap_or(p.to), ..p.clone() }];
        for (k, from) in cuts.iter().enumerate() {
            let to = cuts.get(k + 1).copied().unwrap_or(p.to);
            out.push(Paragraph {
                from: *from,
                to,
                label: crate::text::label_at(self.doc, *from),
                ..p.clone()
            });
        }
        out
    }

    /// Tasks of one item, and what it says about the items below it.
    pub(super) fn item(
        &self,
        from: usize,
        to: usize,
        context: &Context,
        listed: &[String],
        depth: usize,
    ) -> (Vec<Raw>, Option<Context>) {
        let place = Place {
            to,
            listed,
            has_actor: context.actors.is_some(),
            officials: false,
            lenient: context.lenient(),
        };
        let context = &Context { body: from, ..context.clone() };
        let ends_open = self.doc.before(to) == ":";
        let last = if ends_open && depth == 0 {
            self.cuts(from, to)
                .iter()
                .rev()
                .find(|(_, _, sentence)| *sentence)
                .map_or(from, |(at, _, _)| *at)
        } else {
            from
        };
        if last > from && last + 2 < to {
            let mut raws = self.content(from, last, context, listed, None, 1);
            let (more, below) =
                self.item(last, to, &Context { item: false, ..context.clone() }, listed, 1);
            raws.extend(more);
            return (raws, below);
        }
        let subject = self.subject(from, &place);
        let mut begin = from;
        let mut below: Option<Context> = None;
        let mut inner = context.clone();
        let mut known = subject.clone();
        let colon = self.colon(
            subject.as_ref().map_or(from, |s| if s.work <= to { s.work.max(from) } else { from }),
            to,
        );
        let first_colon = self.colon(from, to);
        let header = self.header_actors(from, to, listed);
        if let Some((end, actors)) = header.filter(|(end, _)| *end <= to) {
            let coordinating = self.coordinating(end.saturating_sub(1), end);
            let mut given = self.below(context, None, coordinating);
            given.actors = Some(actors.0);
            given.coordinating = self.coordinating(actors.1, end);
            given.rules = vec![Rule::BlockHeader];
            given.under_order = true;
            given.item = true;
            (begin, known) = (end, None);
            below = Some(given.clone());
            inner = given;
        } else if let Some(c) = colon
            && let Some(s) = subject.as_ref().filter(|s| s.work <= c)
            && self.only_introduces(s.work, self.purpose(s.work, c))
            && (s.actors.is_some() || c + 1 >= to || s.spoken)
        {
            let mut given = self.below(context, Some(s), self.coordinating(s.work, c));
            given.hits = Vec::new();
            given.item = true;
            (begin, known) = (c + 1, None);
            below = Some(given.clone());
            inner = given;
        } else if let (Some(c), Some(s)) = (first_colon, &subject)
            && s.named > c
            && c + 1 < to
        {
            begin = c + 1;
            known = None;
        } else if let Some(c) = first_colon
            && subject.is_none()
            && c + 1 < to
            && self.is_topic(from, c, to, context)
        {
            begin = c + 1;
        } else if colon.is_some_and(|c| c + 1 >= to) {
            below = Some(self.announced(context, subject.as_ref(), from, to));
        }
        let only_names = ends_open && known.is_none() && inner.actors.is_none();
        if begin >= to || only_names {
            return (Vec::new(), below);
        }
        let raws = self.content(
            begin,
            to,
            &Context { body: if begin == from { from } else { begin }, ..inner },
            listed,
            known,
            depth,
        );
        if ends_open && raws.iter().all(|r| r.to < to) && begin > from && below.is_none() {
            below = Some(context.clone());
        }
        let raws = if ends_open && below.as_ref().is_some_and(|b| b.under_order) {
            raws.into_iter()
                .filter(|r| !self.only_introduces(r.work, self.purpose(r.work, r.to)))
                .collect()
        } else {
            raws
        };
        (raws, below)
    }

    fn purpose(&self, from: usize, to: usize) -> usize {
        (from..to)
            .find(|k| {
                self.doc
                    .any(
                        *k,
                        &["để", "nhằm", "bảo đảm", "theo tinh thần", "với tinh thần", "góp phần"],
                    )
                    .is_some()
            })
            .unwrap_or(to)
    }

    /// "Bộ A:", "Đối với Bộ A:", "Bộ A chủ trì, phối hợp với Bộ B:".
    fn header_actors(
        &self,
        from: usize,
        to: usize,
        listed: &[String],
    ) -> Option<(usize, (Actors, usize))> {
        let at = self
            .doc
            .any(from, &["đối với", "về phía", "về phần", "giao", "yêu cầu", "đề nghị", "riêng"])
            .unwrap_or(from);
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(listed) };
        let actors = self.g.actors_at(self.doc, at, &naming, true)?;
        let colon = self.colon(actors.end, to)?;
        const NARROWING: [&str; 12] = [
            "có",
            "thuộc",
            "trong",
            "trên",
            "nơi",
            "ven",
            "vùng",
            "khu vực",
            "được",
            "bị",
            "chịu",
            "đang",
        ];
        let narrowed = colon - actors.end <= 10 && self.doc.any(actors.end, &NARROWING).is_some();
        let only = actors.end == colon || narrowed || self.only_introduces(actors.end, colon);
        if actors.is_official() || !only {
            return None;
        }
        let end = actors.end;
        Some((colon + 1, (actors, end)))
    }

    /// Words before a colon that only name the matter.
    fn is_topic(&self, from: usize, colon: usize, to: usize, context: &Context) -> bool {
        if self
            .doc
            .any(
                from,
                &["về", "đối với", "liên quan", "riêng", "trong lĩnh vực", "lĩnh vực", "nhóm"],
            )
            .is_some()
        {
            return true;
        }
        if self.doc.of(colon.saturating_sub(2).max(from), &NOUN_LIST).is_some()
            || self.doc.of(colon.saturating_sub(1), &NOUN_LIST).is_some()
        {
            return false;
        }
        let numbered = crate::text::label_at(self.doc, colon + 1)
            .is_some_and(|l| l.body <= to && self.doc.w(colon + 1) == "(");
        let short = colon - from <= 30;
        let directive = context.under_order || context.section;
        (short && numbered && !self.acts_strictly(from))
            || (short && directive && !self.acts_strictly(from) && self.acts_strictly(colon + 1))
    }

    fn announced(
        &self,
        context: &Context,
        subject: Option<&Subject>,
        from: usize,
        to: usize,
    ) -> Context {
        if let Some(s) = subject {
            let mut out = self.below(context, Some(s), self.coordinating(s.work, to));
            out.item = true;
            return out;
        }
        let mut out = context.clone();
        let said = [
            "nhiệm vụ sau",
            "nội dung sau",
            "giải pháp sau",
            "công việc sau",
            "như sau",
            "nhiệm vụ trọng tâm sau",
            "trong đó",
            "các nội dung",
            "các nhiệm vụ",
            "sau đây",
        ]
        .iter()
        .any(|p| self.doc.has(from, to, p));
        if said && self.acts_strictly(self.skip_joints(from, to)) {
            out.under_order = true;
        }
        out
    }
}
