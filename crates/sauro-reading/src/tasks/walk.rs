//! Walks the paragraphs with a stack of what the lines above say.

use super::{
    Draft, Raw, Reader,
    lexicon::{ASK, GIVE, REQUIRE},
    outline::Context,
    subject::Place,
};
use crate::{
    Rule,
    text::{LabelKind, Paragraph},
};

struct Frame {
    kind: Option<LabelKind>,
    /// The item announced a list or a section, so plain paragraphs after it are its own.
    open: bool,
    below: Context,
}

struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    stack: Vec<Frame>,
    listed: Vec<String>,
    cue: bool,
    closed: bool,
    out: Vec<Draft>,
}

/// All tasks of the paragraphs, in order.
pub(crate) fn walk(reader: &Reader<'_>, paragraphs: &[Paragraph]) -> Vec<Draft> {
    let root = Frame { kind: None, open: false, below: Context::default() };
    let mut walk = Walk {
        reader,
        stack: vec![root],
        listed: Vec::new(),
        cue: false,
        closed: false,
        out: Vec::new(),
    };
    for paragraph in paragraphs {
        for part in reader.parts(paragraph) {
            walk.step(&part);
        }
    }
    walk.out
}

impl Walk<'_, '_> {
    fn step(&mut self, p: &Paragraph) {
        let (doc, reader) = (self.reader.doc, self.reader);
        let body = p.body();
        self.remember_list(body, p.to);
        if doc.any(p.from, &["nơi nhận", "nơi gửi"]).is_some() {
            self.closed = true;
        }
        if self.closed {
            self.closed = doc.any(p.from, &["phụ lục", "danh mục nhiệm vụ"]).is_none();
            return;
        }
        let context = self.context_of(p);
        if body < p.to
            && reader.is_heading(body, p.to, p.label.is_some())
            && !self.orders(body, p.to, &context)
        {
            self.heading(p, &context);
        } else if reader.field_line(body, p.to).is_some() {
            let last = self.out.last_mut().map(|d| &mut d.raw);
            reader.field_paragraph(p.from, body, p.to, last);
        } else if !self.is_headline(p, &context) {
            self.item(p, body, context);
        }
        if doc.before(p.to) == "./." {
            self.closed = true;
        }
    }

    /// Keeps the last list of provinces for "nêu trên".
    fn remember_list(&mut self, from: usize, to: usize) {
        let naming = self.reader.naming(&[]);
        let mut i = from;
        while i < to.min(from + 400) {
            let starts =
                matches!(self.reader.doc.w(i), "ủy" | "ubnd" | "các" | "chủ" | "bí" | "tỉnh");
            match starts
                .then(|| self.reader.g.actors_at(self.reader.doc, i, &naming, true))
                .flatten()
            {
                Some(actors) if actors.provinces.len() > 1 => {
                    let mut found = actors.provinces.clone();
                    found.dedup();
                    let mut unique: Vec<String> = Vec::new();
                    for p in found {
                        if !unique.contains(&p) {
                            unique.push(p);
                        }
                    }
                    if unique.len() > 1 && unique.len() >= self.listed.len() {
                        self.listed = unique;
                    }
                    i = actors.end.max(i + 1);
                }
                _ => i += 1,
            }
        }
    }

    /// The context in which the paragraph stands; frames it does not belong to are dropped.
    fn context_of(&mut self, p: &Paragraph) -> Context {
        if let Some(label) = &p.label {
            if let Some(at) = self.stack.iter().position(|f| f.kind == Some(label.kind)) {
                self.stack.truncate(at);
            } else if matches!(label.kind, LabelKind::Part | LabelKind::Roman) {
                self.stack.truncate(1);
            }
        }
        let mut context = match &p.label {
            Some(_) => self.stack.last().map(|f| f.below.clone()).unwrap_or_default(),
            None => {
                while self.stack.last().is_some_and(|f| !f.open && f.kind.is_some()) {
                    self.stack.pop();
                }
                self.plain_context()
            }
        };
        context.cue = self.cue;
        context.body = p.body();
        context.loose = p.label.is_none();
        context.item = p.label.is_some() || context.under_order;
        context
    }

    /// A paragraph without a label belongs to the last item that announced something, or stands beside the last item.
    fn plain_context(&self) -> Context {
        let Some(top) = self.stack.last() else { return Context::default() };
        if top.open || top.kind.is_none() {
            return top.below.clone();
        }
        let parent = self.stack.iter().rev().skip(1).find(|f| f.open || f.kind.is_none());
        parent.map(|f| f.below.clone()).unwrap_or_default()
    }

    /// A line shaped like a heading that nevertheless gives a task.
    fn orders(&self, from: usize, to: usize, context: &Context) -> bool {
        let place = Place {
            to,
            listed: &self.listed,
            has_actor: context.actors.is_some(),
            officials: false,
            lenient: context.lenient(),
        };
        let directive = context.under_order || context.section || context.actors.is_some();
        let caps = (from..to).all(|i| {
            !self.reader.doc.is_word(i) || self.reader.doc.token(i).is_some_and(|t| t.caps)
        });
        directive
            && !caps
            && (self.reader.subject(from, &place).is_some()
                || (context.under_order && self.reader.acts_strictly(from) && to - from > 6))
    }

    /// A title or a subheading of a report: short, without a mark at its end.
    fn is_headline(&self, p: &Paragraph, context: &Context) -> bool {
        let doc = self.reader.doc;
        let open = !matches!(
            doc.before(p.to),
            "." | ";" | "./." | "," | ":" | "\"" | "!" | "?" | "…" | ")"
        );
        p.label.is_none()
            && open
            && p.to - p.from <= 34
            && !context.under_order
            && context.actors.is_none()
    }

    fn heading(&mut self, p: &Paragraph, context: &Context) {
        let (judging, section) = self.reader.section_of(p.from, p.to);
        let mut below = context.clone();
        if judging || section {
            below.judging = judging;
            below.section = section;
            below.under_order &= !judging;
        }
        let actors = self.reader.g.actors_at(
            self.reader.doc,
            p.body(),
            &self.reader.naming(&self.listed),
            true,
        );
        if let Some(actors) =
            actors.filter(|a| a.end >= p.to && (p.label.is_some() || context.under_order))
        {
            below.actors = Some(actors);
            below.rules = vec![Rule::BlockHeader];
            below.under_order = true;
        }
        match &p.label {
            Some(label) => self.stack.push(Frame { kind: Some(label.kind), open: true, below }),
            None if judging || section => {
                self.stack.truncate(1);
                self.stack.push(Frame { kind: None, open: true, below });
            }
            None => {}
        }
    }

    /// An official's order, even one that gives no task by itself: "Thủ tướng giao nhiệm vụ cho các cơ quan".
    fn hears_order(&self, p: &Paragraph) -> bool {
        let doc = self.reader.doc;
        (p.from..p.to).any(|i| {
            let Some(j) = doc.any(
                i,
                &[
                    "thủ tướng",
                    "thủ tướng chính phủ",
                    "tổng bí thư",
                    "chủ tịch nước",
                    "chủ tịch quốc hội",
                    "chủ tịch ubnd tỉnh",
                    "chủ tịch ubnd thành phố",
                    "chủ tịch ủy ban nhân dân tỉnh",
                    "bí thư tỉnh ủy",
                    "bí thư thành ủy",
                    "ban chỉ đạo",
                    "thường trực ban bí thư",
                    "ban bí thư",
                    "bộ chính trị",
                    "ubnd tỉnh",
                    "ubnd thành phố",
                    "chính phủ",
                    "ban thường vụ",
                ],
            ) else {
                return false;
            };
            (j..(j + 8).min(p.to)).any(|k| {
                doc.of(k, &GIVE)
                    .or_else(|| doc.of(k, &REQUIRE))
                    .or_else(|| doc.of(k, &ASK))
                    .is_some()
                    && (j..k).all(|m| {
                        doc.upper(m) || matches!(doc.w(m), "cũng" | "đã" | "tiếp" | "tục" | ",")
                    })
            })
        })
    }

    fn item(&mut self, p: &Paragraph, body: usize, context: Context) {
        let ends_open = self.reader.doc.before(p.to) == ":";
        let (raws, below) = self.reader.item(body, p.to, &context, &self.listed, 0);
        let announces = below.is_some() || ends_open;
        let mut below = below.unwrap_or_else(|| context.clone());
        if ends_open && below.actors.is_none() && !below.under_order {
            let (judging, section) = self.reader.section_of(p.from, p.to);
            let conclusion = self.reader.doc.has(p.from, p.to, "kết luận như sau")
                || self.reader.doc.has(p.from, p.to, "chỉ đạo như sau")
                || self.reader.doc.has(p.from, p.to, "ý kiến như sau");
            below.section |= section || conclusion;
            below.judging |= judging && !conclusion;
        }
        self.cue |= self.hears_order(p) || below.cue || (below.under_order && !context.under_order);
        for mut raw in raws {
            self.cue |= raw.rules.iter().any(|r| {
                matches!(r, Rule::Required | Rule::Assigned | Rule::Stressed | Rule::Requested)
            });
            if raw.label.is_none() {
                raw.label = p.label.as_ref().map(|l| l.text.clone());
            }
            if p.label.is_some() {
                raw.rules.push(Rule::NumberedItem);
                if raw.from == body {
                    raw.from = p.from;
                }
            }
            self.out.push(Draft { raw });
        }
        match &p.label {
            Some(label) => {
                self.stack.push(Frame { kind: Some(label.kind), open: announces, below })
            }
            None if announces => {
                let open_item = self.stack.last().is_some_and(|f| f.open && f.kind.is_some());
                if !open_item
                    && let Some(at) = self.stack.iter().skip(1).position(|f| f.kind.is_none())
                {
                    self.stack.truncate(at + 1);
                }
                self.stack.push(Frame { kind: None, open: true, below });
            }
            None => {}
        }
    }
}

impl Reader<'_> {
    /// "(1) …; (2) …" in one paragraph whose own label is the first number.
    fn parts(&self, p: &Paragraph) -> Vec<Paragraph> {
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
            below = Some(inner_below(context));
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
    #[expect(clippy::type_complexity, reason = "one caller takes it apart at once")]
    fn header_actors(
        &self,
        from: usize,
        to: usize,
        listed: &[String],
    ) -> Option<(usize, (crate::gazetteer::Actors, usize))> {
        let at = self
            .doc
            .any(from, &["đối với", "về phía", "về phần", "giao", "yêu cầu", "đề nghị", "riêng"])
            .unwrap_or(from);
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(listed) };
        let actors = self.g.actors_at(self.doc, at, &naming, true)?;
        let colon = self.colon(actors.end, to)?;
        let only = actors.end == colon || self.only_introduces(actors.end, colon);
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
        if self.doc.of(colon.saturating_sub(2).max(from), &super::lexicon::NOUN_LIST).is_some()
            || self.doc.of(colon.saturating_sub(1), &super::lexicon::NOUN_LIST).is_some()
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
        subject: Option<&super::subject::Subject>,
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

fn inner_below(context: &Context) -> Context {
    context.clone()
}
