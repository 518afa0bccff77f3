//! Walks the paragraphs with a stack of what the lines above say.

use super::{
    Draft, Reader,
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
    /// The line above named the kind of document, so this one may be its subject.
    kind_above: bool,
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
        kind_above: false,
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
        if self.title(p) {
            return;
        }
        self.cue |= self.hears_order(p);
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

    /// "KẾ HOẠCH", "THÔNG BÁO" on a line of its own and the subject below it, or the addressees of a telegram.
    fn title(&mut self, p: &Paragraph) -> bool {
        let doc = self.reader.doc;
        let subject = std::mem::take(&mut self.kind_above)
            && p.label.is_none()
            && !matches!(doc.before(p.to), "." | ";" | ":" | "./.")
            && p.to - p.from <= 90;
        if subject {
            return true;
        }
        if doc.w(p.to.wrapping_sub(2)) == "điện" && doc.before(p.to) == ":" {
            return true;
        }
        let names = p.label.is_none() && self.reader.names_kind(p.from, p.to);
        if names {
            self.kind_above = true;
            if let Some(root) = self.stack.first_mut() {
                root.below.titled = true;
            }
        }
        names
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
                let part = self.stack.iter().position(|f| f.kind == Some(LabelKind::Part));
                self.stack.truncate(
                    part.filter(|_| label.kind == LabelKind::Roman).map_or(1, |at| at + 1),
                );
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
        context.titled &= p.label.as_ref().is_some_and(|l| l.kind != LabelKind::Dash);
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
            below.titled = false;
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
        self.cue |= below.cue || (below.under_order && !context.under_order);
        for mut raw in raws {
            self.cue |= raw.rules.iter().any(|r| {
                matches!(r, Rule::Required | Rule::Assigned | Rule::Stressed | Rule::Requested)
            });
            if raw.label.is_none() {
                raw.label = p.label.as_ref().map(|l| l.text.clone());
            }
            let alone = !context.section && !context.under_order && context.actors.is_none();
            if raw.rules.contains(&Rule::SubjectActs) && context.titled && alone {
                raw.rules.push(Rule::UnderTitle);
            }
            if raw.actors.is_none() && self.reader.unlisted(raw.work, raw.to) {
                raw.rules.push(Rule::UnknownAgency);
            }
            if self.reader.charged(raw.work) {
                raw.rules.push(Rule::PassiveOrder);
                self.cue = true;
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
